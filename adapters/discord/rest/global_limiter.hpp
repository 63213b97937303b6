// The limit on all requests of the bot together (R10).
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace nunchi::discord::rest {

/// Pure: the time is passed in. At most so many requests in any span of one second and a margin, which keeps
/// the server's count below the limit although requests do not travel equally fast.
class GlobalLimiter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds kSpan{1050};

    /// At least 1.
    explicit GlobalLimiter(std::size_t per_second);

    bool can_send(TimePoint now) const { return !opens_at(now); }
    /// Nothing when can_send().
    std::optional<TimePoint> opens_at(TimePoint now) const;

    void sent(TimePoint now);
    /// A global 429: nothing leaves before.
    void block(TimePoint until);
    TimePoint blocked_until() const { return blocked_until_; }

private:
    std::size_t per_second_;
    std::deque<TimePoint> sent_;  // the last ones, at most per_second_
    TimePoint blocked_until_ = TimePoint::min();
};

}  // namespace nunchi::discord::rest
