// Up to which sequence everything of a session has been handled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "adapters/discord/gateway/payload.hpp"

namespace nunchi::discord::gateway {

/// Of one session; a new session needs a new one. Sequences may come again in a replay.
class Watermark {
public:
    /// How many later dispatches may overtake one that is not handled. Then it is given up, so that neither
    /// the memory nor the replay of a resume grows without end.
    static constexpr std::size_t kMostPending = 10'000;

    /// A session that begins, or one that is resumed from `start`.
    explicit Watermark(std::optional<Sequence> start = std::nullopt) : value_(start) {}

    enum class Arrival {
        expected,  // the next one
        gap,       // some before it never came (G31); it counts
        repeated,  // came before and was not handled: hand it on again
        handled,   // nothing is to be done
    };
    Arrival arrive(Sequence sequence);

    /// It needs no second delivery. Any sequence may be given, also twice.
    void handle(Sequence sequence);

    /// What to resume from; nothing as long as nothing was handled.
    std::optional<Sequence> value() const { return value_; }

    /// How many were given up.
    std::uint64_t abandoned() const { return abandoned_; }

private:
    void advance();

    std::optional<Sequence> value_;
    std::optional<Sequence> highest_;  // that came
    std::map<Sequence, bool> later_;   // what came above the watermark: whether it was handled
    std::uint64_t abandoned_ = 0;
};

}  // namespace nunchi::discord::gateway
