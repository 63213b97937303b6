#include "adapters/slack/web_api/rate_limiter.hpp"

#include <algorithm>

#include "adapters/chat/recent_map.hpp"

namespace nunchi::slack::web_api {
namespace {

std::string channel_of(const Call& call) {
    const auto channel = call.arguments.find("channel");
    const bool has_channel = channel != call.arguments.end() && channel->is_string();
    return has_channel ? channel->get<std::string>() : std::string();
}

std::string bucket_key_of(const Call& call) {
    const MethodTraits& method = traits(call.method);
    return chat::key_of(
        {call.caller.team, method.name, method.by_channel ? channel_of(call) : std::string()});
}

}  // namespace

RateLimiter::Admitted RateLimiter::add(CallId id, const Call& call, TimePoint deadline, TimePoint now) {
    const MethodTraits& method = traits(call.method);
    const auto place = buckets_.try_emplace(bucket_key_of(call), method).first;
    Bucket& bucket = place->second;
    const auto opens_at = bucket.window.opens_at(now);
    if (opens_at && *opens_at >= deadline) return {.admission = Admission::too_late};
    const auto age = static_cast<std::int64_t>(id);
    const Rank rank{call.is_second_rank, method.newest_first ? -age : age};
    const bool is_full =
        waiting_ >= options_.max_queued || bucket.queue.size() >= options_.max_queued_per_bucket;
    std::optional<CallId> pushed_out;
    if (is_full) {
        const bool has_worse =
            method.newest_first && !bucket.queue.empty() && rank < bucket.queue.rbegin()->first;
        if (!has_worse) return {.admission = Admission::full};
        pushed_out = bucket.queue.rbegin()->second;
        withdraw(*pushed_out);
    }
    bucket.queue.emplace(rank, id);
    places_.insert_or_assign(id, Place{.bucket = place, .rank = rank});
    ++waiting_;
    return {.pushed_out = pushed_out};
}

bool RateLimiter::may_leave(const Bucket& bucket, TimePoint now) const {
    if (bucket.queue.empty() || !bucket.window.is_open(now)) return false;
    return bucket.traits->is_urgent || ordinary_in_flight_ < options_.max_in_flight;
}

RateLimiter::Buckets::iterator RateLimiter::next_open(TimePoint now) {
    const auto is_open = [&](const auto& entry) { return may_leave(entry.second, now); };
    const auto start = buckets_.upper_bound(last_served_);
    const auto after = std::find_if(start, buckets_.end(), is_open);
    if (after != buckets_.end()) return after;
    const auto before = std::find_if(buckets_.begin(), start, is_open);
    return before != start ? before : buckets_.end();
}

CallId RateLimiter::take_first(Buckets::iterator place, TimePoint now) {
    Bucket& bucket = place->second;
    const CallId id = bucket.queue.begin()->second;
    bucket.queue.erase(bucket.queue.begin());
    bucket.window.sent(now);
    ++bucket.in_flight;
    if (!bucket.traits->is_urgent) ++ordinary_in_flight_;
    places_.at(id).rank.reset();
    --waiting_;
    last_served_ = place->first;
    return id;
}

std::vector<CallId> RateLimiter::ready(TimePoint now) {
    std::vector<CallId> ids;
    for (auto open = next_open(now); open != buckets_.end(); open = next_open(now)) {
        ids.push_back(take_first(open, now));
    }
    forget_unused(now);
    return ids;
}

std::optional<RateLimiter::TimePoint> RateLimiter::next_wake(TimePoint now) const {
    std::optional<TimePoint> wake;
    for (const auto& [key, bucket] : buckets_) {
        if (bucket.queue.empty()) continue;
        const auto opens_at = bucket.window.opens_at(now);
        // One that is open waits for a request to end.
        if (opens_at && (!wake || *opens_at < *wake)) wake = opens_at;
    }
    return wake;
}

void RateLimiter::finish_limited(CallId id, TimePoint closed_until) {
    const auto place = places_.find(id);
    if (place == places_.end()) return;
    place->second.bucket->second.window.block(closed_until);
    withdraw(id);
}

bool RateLimiter::is_waiting(CallId id) const {
    const auto place = places_.find(id);
    return place != places_.end() && place->second.rank;
}

void RateLimiter::withdraw(CallId id) {
    const auto found = places_.find(id);
    if (found == places_.end()) return;
    Bucket& bucket = found->second.bucket->second;
    if (found->second.rank) {
        bucket.queue.erase(*found->second.rank);
        --waiting_;
    } else {
        --bucket.in_flight;
        if (!bucket.traits->is_urgent) --ordinary_in_flight_;
    }
    places_.erase(found);
}

void RateLimiter::forget_unused(TimePoint now) {
    std::erase_if(buckets_, [now](const auto& entry) {
        const Bucket& bucket = entry.second;
        return bucket.queue.empty() && bucket.in_flight == 0 && bucket.window.is_at_rest(now);
    });
}

}  // namespace nunchi::slack::web_api
