// Which envelopes wait for their acknowledgement, and over which connection it goes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "adapters/net/signal.hpp"
#include "adapters/slack/socket_mode/socket_mode.hpp"

namespace nunchi::slack::socket_mode {

/// Used on its executor's thread.
class Acknowledgements : public std::enable_shared_from_this<Acknowledgements> {
public:
    using Clock = std::chrono::steady_clock;
    using Send = std::function<void(std::string)>;

    Acknowledgements(const boost::asio::any_io_executor& executor, std::chrono::milliseconds at_latest,
                     Counters& counters)
        : at_latest_(at_latest), counters_(&counters), due_(executor), settled_(executor) {}

    /// A connection that acknowledgements may go over; those that found none go now.
    void open(int connection, Send send);
    void close(int connection);

    /// Acknowledged by whoever holds the result, or early, when that takes too long.
    Acknowledgement take(const Envelope& envelope, int connection);

    /// Acknowledges early what is due, until cancelled.
    boost::asio::awaitable<void> run();

    /// Of the connection, or of all.
    bool owes(int connection) const;
    bool owes_any() const { return !owed_.empty(); }
    /// Completes when less is owed, or at the deadline.
    boost::asio::awaitable<void> wait_for_less(Clock::time_point deadline);

    /// The counters go away; whatever is answered later does nothing.
    void retire() { counters_ = nullptr; }

private:
    friend struct Acknowledgement::State;

    struct Due {
        Clock::time_point at;
        std::weak_ptr<Acknowledgement::State> state;
    };

    void acknowledge(const Acknowledgement::State& state, const nlohmann::json& payload);
    void settle(const Acknowledgement::State& state);

    std::chrono::milliseconds at_latest_;
    Counters* counters_;
    std::map<int, Send> lines_;
    std::map<int, std::size_t> owed_;  // by connection
    std::deque<std::string> unsent_;   // while no connection is open
    std::deque<Due> early_;            // in the order of time
    net::Signal due_;
    net::Signal settled_;
};

struct Acknowledgement::State {
    State(std::shared_ptr<Acknowledgements> given_to, const Envelope& envelope, int came_over)
        : all(std::move(given_to)),
          envelope_id(envelope.id),
          takes_payload(envelope.takes_payload),
          connection(came_over) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    void handled(const nlohmann::json& payload, bool is_early);

    std::shared_ptr<Acknowledgements> all;
    std::string envelope_id;
    bool takes_payload;
    int connection;
    bool is_settled = false;
};

}  // namespace nunchi::slack::socket_mode
