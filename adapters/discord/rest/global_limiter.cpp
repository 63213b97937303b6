#include "adapters/discord/rest/global_limiter.hpp"

#include <algorithm>

namespace nunchi::discord::rest {

GlobalLimiter::GlobalLimiter(std::size_t per_second) : per_second_(std::max<std::size_t>(per_second, 1)) {}

std::optional<GlobalLimiter::TimePoint> GlobalLimiter::opens_at(TimePoint now) const {
    TimePoint open = blocked_until_;
    if (sent_.size() == per_second_) open = std::max(open, sent_.front() + kSpan);
    return open > now ? std::optional(open) : std::nullopt;
}

void GlobalLimiter::sent(TimePoint now) {
    if (sent_.size() == per_second_) sent_.pop_front();
    sent_.push_back(now);
}

void GlobalLimiter::block(TimePoint until) {
    blocked_until_ = std::max(blocked_until_, until);
}

}  // namespace nunchi::discord::rest
