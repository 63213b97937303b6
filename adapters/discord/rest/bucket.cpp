#include "adapters/discord/rest/bucket.hpp"

#include <algorithm>

namespace nunchi::discord::rest {

int Bucket::available(TimePoint now) const {
    const bool is_free = in_flight_ == 0;
    if (!limit_ || is_serial_) {
        const bool is_spent = has_window(now) && remaining_ <= 0;
        return is_free && !is_spent ? 1 : 0;
    }
    return has_window(now) ? remaining_ : *limit_ - in_flight_;
}

bool Bucket::can_send(TimePoint now) const {
    return now >= blocked_until_ && available(now) > 0;
}

std::optional<Bucket::TimePoint> Bucket::opens_at(TimePoint now) const {
    TimePoint open = std::max(now, blocked_until_);
    if (available(open) <= 0 && has_window(open)) open = *resets_at_;
    const bool opens_by_time = open > now && available(open) > 0;
    return opens_by_time ? std::optional(open) : std::nullopt;
}

void Bucket::sent(TimePoint now) {
    if (has_window(now)) --remaining_;
    ++in_flight_;
}

void Bucket::learn(const Window& window, TimePoint now) {
    const TimePoint reset = now + std::chrono::duration_cast<Duration>(window.reset_after) + kMargin;
    if (has_window(now)) {
        // An older answer that was overtaken tells more than is left.
        remaining_ = std::min(remaining_, window.remaining);
        resets_at_ = std::max(*resets_at_, reset);
    } else {
        // Those under way may not have been counted by the server yet.
        remaining_ = std::max(0, window.remaining - in_flight_);
        resets_at_ = reset;
    }
    limit_ = window.limit;
}

void Bucket::block(TimePoint until) {
    blocked_until_ = std::max(blocked_until_, until);
}

bool Bucket::is_at_rest(TimePoint now) const {
    return in_flight_ == 0 && now >= blocked_until_ && !has_window(now);
}

}  // namespace nunchi::discord::rest
