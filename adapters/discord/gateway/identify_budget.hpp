// How many sessions may still be begun: a rolling count of 24 hours that survives restarts (G25-G27).
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace nunchi::discord::gateway {

struct IdentifyBudgetLimits {
    std::size_t per_day = 900;  // below Discord's 1000, after which it takes the token away
    /// So many may go at once; after them one at a time, spread over the day. It is what stops a process that
    /// crashes and is restarted in a loop.
    std::size_t burst = 30;
};

/// What Discord itself said, in session_start_limit.
struct StartLimit {
    std::size_t total = 1000;
    std::size_t remaining = 1000;
    std::chrono::milliseconds reset_after{0};
    int max_concurrency = 1;
};

/// Pure: the time is passed in. It is that of the wall, because the count outlives the process; a clock that
/// goes back makes the waits longer and never shorter than they ought to be, by a day at most.
class IdentifyBudget {
public:
    using Clock = std::chrono::system_clock;
    using TimePoint = Clock::time_point;

    static constexpr std::chrono::hours kDay{24};

    explicit IdentifyBudget(IdentifyBudgetLimits limits = {}) : limits_(limits) {}

    /// What to_text() gave; false when it is nothing of the kind, and then nothing is counted.
    bool load(std::string_view text, TimePoint now);
    std::string to_text() const;

    /// A fresh answer of /gateway/bot.
    void set_start_limit(const StartLimit& limit, TimePoint now);

    /// How long to wait before the next Identify; zero when it may go now.
    std::chrono::milliseconds wait(TimePoint now);

    /// An Identify goes out; it counts whatever becomes of it (G29). To be stored before it leaves.
    void spend(TimePoint now);

    /// When the last Identify went out; nothing: none in 24 hours.
    std::optional<TimePoint> last() const {
        return spent_.empty() ? std::nullopt : std::optional(spent_.back());
    }

    /// In the last 24 hours.
    std::size_t spent(TimePoint now);

private:
    void forget_old(TimePoint now);
    std::size_t most_per_day() const;
    TimePoint due_by_pace() const;
    TimePoint due_by_discord() const;

    IdentifyBudgetLimits limits_;
    std::deque<TimePoint> spent_;  // ascending
    std::optional<StartLimit> start_limit_;
    TimePoint reset_at_{};
};

}  // namespace nunchi::discord::gateway
