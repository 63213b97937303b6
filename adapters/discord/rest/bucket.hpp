// One rate-limit bucket of Discord: how many requests of it may leave now.
#pragma once

#include <chrono>
#include <optional>

#include "adapters/discord/rest/response_limits.hpp"

namespace nunchi::discord::rest {

/// Pure: the time is passed in. As long as no answer has told a limit, one request at a time leaves (R7,
/// D21). Answers may come in any order: within a window only the least of what they tell counts.
class Bucket {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    /// Added to each time that a server tells, as clocks and networks are not exact.
    static constexpr std::chrono::milliseconds kMargin{50};

    /// A serial one never has two requests under way (R24).
    explicit Bucket(bool is_serial = false) : is_serial_(is_serial) {}

    bool can_send(TimePoint now) const;
    /// When can_send() turns true by time alone. Nothing when it is true already, or waits for an answer.
    std::optional<TimePoint> opens_at(TimePoint now) const;

    void sent(TimePoint now);
    /// The request came to an end in any way, with or without an answer.
    void ended() { --in_flight_; }
    /// After ended().
    void learn(const Window& window, TimePoint now);
    /// A 429: nothing leaves before.
    void block(TimePoint until);

    TimePoint blocked_until() const { return blocked_until_; }
    /// Nothing is under way, and nothing is known that will matter later.
    bool is_at_rest(TimePoint now) const;

private:
    bool has_window(TimePoint now) const { return resets_at_ && now < *resets_at_; }
    int available(TimePoint now) const;

    bool is_serial_;
    std::optional<int> limit_;            // nothing until an answer tells it
    std::optional<TimePoint> resets_at_;  // the end of the window that remaining_ belongs to
    int remaining_ = 0;
    int in_flight_ = 0;
    TimePoint blocked_until_ = TimePoint::min();
};

}  // namespace nunchi::discord::rest
