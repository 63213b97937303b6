// Which interactions were taken, how long each may be answered, and by which token.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/discord/interactions/error.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::interactions {

enum class Admission {
    admitted,
    duplicate,  // the same id came before (G11)
    late,       // older than 3 s: a first response would come too late (I8)
};

/// What an answer needs.
struct AnswerRight {
    std::string application;
    config::Secret token;
    std::chrono::steady_clock::time_point from;  // not before: the first response must be there first
    std::chrono::steady_clock::time_point until;
};

/// Pure: the time is passed in. Bounded: beyond the capacity the oldest are forgotten.
class TicketBook {
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::seconds kToAcknowledge{3};  // I2
    static constexpr std::chrono::minutes kLife{15};          // I3

    explicit TicketBook(std::size_t capacity = 10'000);

    /// `age` is how old the interaction is already.
    Admission admit(std::string id, std::string application, config::Secret token, Clock::duration age,
                    Clock::time_point now);

    /// How long a first response may still take; zero for an interaction that is not known.
    Clock::duration time_to_acknowledge(std::string_view id, Clock::time_point now) const;

    /// The first response is made, or will be: answers may go out from then on.
    void on_acknowledged(std::string_view id, Clock::time_point answers_from);

    boost::system::result<AnswerRight> right_to_answer(std::string_view id, Clock::time_point now) const;

    bool knows(std::string_view id) const { return find(id) != nullptr; }

    std::size_t size() const { return tickets_.size(); }

private:
    struct Ticket {
        std::string application;
        config::Secret token;
        Clock::time_point acknowledge_until;
        Clock::time_point dies_at;
        Clock::time_point answers_from = Clock::time_point::max();  // not acknowledged
    };

    void make_room(Clock::time_point now);
    const Ticket* find(std::string_view id) const;

    std::size_t capacity_;
    std::unordered_map<std::string, Ticket> tickets_;
    std::deque<std::string> order_;  // the oldest first
};

}  // namespace nunchi::discord::interactions
