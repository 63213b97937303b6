#include "adapters/discord/gateway/identify_gate.hpp"

#include <algorithm>

namespace nunchi::discord::gateway {

IdentifyGate::IdentifyGate(int max_concurrency, Clock::duration interval)
    : max_concurrency_(std::max(1, max_concurrency)), interval_(interval) {}

void IdentifyGate::set_max_concurrency(int max_concurrency) {
    max_concurrency_ = std::max(1, max_concurrency);
}

std::optional<IdentifyGate::TimePoint> IdentifyGate::may_pass_at(int shard) const {
    for (const int other : line_) {
        if (other < shard && key_of(other) == key_of(shard)) return std::nullopt;
    }
    TimePoint at = held_until_;
    for (const auto& [other, next] : next_) {
        if (key_of(other) == key_of(shard)) at = std::max(at, next);
    }
    return at;
}

void IdentifyGate::pass(int shard, TimePoint now) {
    line_.erase(shard);
    next_[shard] = now + interval_;
    std::erase_if(next_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace nunchi::discord::gateway
