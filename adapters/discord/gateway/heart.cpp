#include "adapters/discord/gateway/heart.hpp"

#include <algorithm>
#include <numeric>

namespace nunchi::discord::gateway {

Heart::Heart(Duration interval, double jitter, TimePoint now)
    : interval_(interval),
      next_(now + std::chrono::duration_cast<Duration>(interval * std::clamp(jitter, 0.0, 1.0))) {}

Heart::Verdict Heart::on_time(TimePoint now) {
    if (now < next_) return Verdict::not_yet;
    // Who was late by so much has not listened meanwhile, and may not blame the peer for its silence.
    const bool was_asleep = now - next_ >= interval_ / 2;
    if (has_beaten_ && !has_heard_ && !was_asleep) return Verdict::dead;
    has_beaten_ = true;
    has_heard_ = false;
    waiting_ = now;
    next_ = was_asleep ? now + interval_ : next_ + interval_;
    return Verdict::beat;
}

void Heart::on_acknowledged(TimePoint now) {
    if (!waiting_) return;
    latencies_.push_back(now - *waiting_);
    if (latencies_.size() > kLatencies) latencies_.pop_front();
    waiting_.reset();
}

void Heart::on_requested(TimePoint now) {
    if (!waiting_) waiting_ = now;
}

std::optional<Heart::Duration> Heart::latency() const {
    if (latencies_.empty()) return std::nullopt;
    const Duration sum = std::accumulate(latencies_.begin(), latencies_.end(), Duration::zero());
    return sum / static_cast<Duration::rep>(latencies_.size());
}

}  // namespace nunchi::discord::gateway
