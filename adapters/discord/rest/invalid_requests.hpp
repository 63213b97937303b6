// How many requests Discord has counted as invalid, and when to stop before it bans the address (R11).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace nunchi::discord::rest {

/// Pure: the time is passed in and never goes back. Counts in steps of ten seconds, so it forgets up to ten
/// seconds late, never early.
class InvalidRequests {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds kStep{10};

    explicit InvalidRequests(std::size_t limit) : limit_(limit) {}

    void add(TimePoint now);
    /// Of the last ten minutes.
    std::size_t count(TimePoint now) const;
    /// The limit is reached: nothing may be sent.
    bool is_open(TimePoint now) const { return count(now) >= limit_; }

private:
    struct Step {
        std::int64_t number = -1;  // which step of the clock; -1: none yet
        std::size_t count = 0;
    };

    static constexpr std::size_t kSteps = 61;  // ten minutes, and the step under way

    std::size_t limit_;
    std::array<Step, kSteps> steps_{};
};

}  // namespace nunchi::discord::rest
