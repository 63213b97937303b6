// One limit of Slack: how many calls may leave within a span of time.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "adapters/slack/web_api/method.hpp"

namespace nunchi::slack::web_api {

/// Pure: the time is passed in. At most so many calls in any span of the limit's length and a margin,
/// whatever way Slack counts.
class Window {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Added to the span, as requests do not travel equally fast.
    static constexpr std::chrono::milliseconds kMargin{250};

    explicit Window(Limit limit) : limit_(limit) {}

    /// When the next call may leave; nothing: now.
    std::optional<TimePoint> opens_at(TimePoint now) const;
    bool is_open(TimePoint now) const { return !opens_at(now); }

    void sent(TimePoint now);

    /// A 429: nothing leaves before. It refills nothing (section 3.4): from then on calls leave one by one,
    /// at the limit's rate.
    void block(TimePoint until);

    /// Nothing is known that will matter later.
    bool is_at_rest(TimePoint now) const;

private:
    std::chrono::steady_clock::duration span() const { return limit_.span + kMargin; }
    bool is_limited() const { return limit_.calls > 0; }

    Limit limit_;
    std::deque<TimePoint> sent_;  // the last ones, at most as many as the limit allows
    TimePoint blocked_until_ = TimePoint::min();
};

}  // namespace nunchi::slack::web_api
