#include "adapters/discord/gateway/send_limiter.hpp"

#include <algorithm>

namespace nunchi::discord::gateway {

SendLimiter::SendLimiter(Duration heartbeat_interval) {
    const Duration interval = std::max<Duration>(heartbeat_interval, std::chrono::milliseconds(1));
    const Duration rounded_up = kWindow + interval - Duration(1);
    reserve_ = std::min(kMost, static_cast<std::size_t>(rounded_up / interval) + 1);
}

bool SendLimiter::try_send(TimePoint now) {
    forget_old(now);
    if (sent_.size() + reserve_ >= kMost) return false;
    sent_.push_back(now);
    return true;
}

void SendLimiter::send(TimePoint now) {
    forget_old(now);
    sent_.push_back(now);
}

void SendLimiter::forget_old(TimePoint now) {
    while (!sent_.empty() && now - sent_.front() >= kWindow) sent_.pop_front();
}

}  // namespace nunchi::discord::gateway
