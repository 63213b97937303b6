#include "adapters/discord/rest/rate_limiter.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <string_view>
#include <utility>

#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::rest {
namespace {

constexpr std::chrono::minutes kSweepEvery{1};

std::string_view prefix_of(Lane lane) {
    return lane == Lane::ordinary ? "o " : "i ";
}

std::optional<RateLimiter::TimePoint> earlier(std::optional<RateLimiter::TimePoint> left,
                                              std::optional<RateLimiter::TimePoint> right) {
    if (!left || !right) return left ? left : right;
    return std::min(*left, *right);
}

}  // namespace

RateLimiter::RateLimiter(RateLimiterOptions options) : options_(options), global_(options.global_per_second) {
    options_.max_in_flight = std::max<std::size_t>(options_.max_in_flight, 1);
}

RateLimiter::Entry RateLimiter::entry_of(const Route& route, Lane lane) {
    Entry entry;
    entry.lane = lane;
    entry.major = route.major;
    entry.is_serial = is_reaction(route);
    entry.route = std::string(prefix_of(lane));
    entry.route += entry.is_serial ? "reactions" : route.method + " " + route.pattern;
    entry.route += " " + route.major;
    return entry;
}

RateLimiter::Slots::iterator RateLimiter::slot_of(const Entry& entry, TimePoint now) {
    const auto named = names_.find(entry.route);
    const std::string& key = named == names_.end() ? entry.route : named->second;
    const auto slot = slots_.try_emplace(key, entry.lane, entry.is_serial).first;
    slot->second.last_used = now;
    return slot;
}

RateLimiter::Admission RateLimiter::add(CallId call, const Route& route, Lane lane, TimePoint deadline,
                                        TimePoint now) {
    if (now - swept_at_ >= kSweepEvery) sweep(now);
    Entry entry = entry_of(route, lane);
    entry.slot = slot_of(entry, now);
    const Slot& slot = entry.slot->second;
    const auto opens = slot.bucket.opens_at(now);
    const bool is_blocked = lane == Lane::ordinary && global_.blocked_until() > deadline;
    if (is_blocked || (opens && *opens > deadline)) return Admission::too_late;
    if (slot.queued.size() + slot.held.size() >= options_.max_queued_per_bucket) return Admission::full;
    enqueue(call, calls_.insert_or_assign(call, std::move(entry)).first->second, State::queued);
    return Admission::queued;
}

void RateLimiter::enqueue(CallId call, Entry& entry, State where) {
    Slot& slot = entry.slot->second;
    (where == State::held ? slot.held : slot.queued).insert(call);
    entry.state = where;
    busy_.insert(&slot);
}

void RateLimiter::dequeue(CallId call, const Entry& entry) {
    Slot& slot = entry.slot->second;
    (entry.state == State::held ? slot.held : slot.queued).erase(call);
    if (slot.queued.empty() && slot.held.empty()) busy_.erase(&slot);
}

std::optional<CallId> RateLimiter::next_of(const Slot& slot, TimePoint now) {
    if (!slot.bucket.can_send(now)) return std::nullopt;
    const bool may_find_out = !slot.held.empty() && !slot.finding_out && now >= slot.held_until;
    if (slot.queued.empty()) return may_find_out ? std::optional(*slot.held.begin()) : std::nullopt;
    return may_find_out ? std::min(*slot.held.begin(), *slot.queued.begin()) : *slot.queued.begin();
}

bool RateLimiter::may_pass(Lane lane, TimePoint now) const {
    if (lane == Lane::interaction) return true;
    return ordinary_in_flight_ < options_.max_in_flight && global_.can_send(now);
}

std::vector<CallId> RateLimiter::ready(TimePoint now) {
    std::vector<CallId> released;
    release_lane(Lane::interaction, now, released);
    release_lane(Lane::ordinary, now, released);
    return released;
}

void RateLimiter::release_lane(Lane lane, TimePoint now, std::vector<CallId>& released) {
    if (!may_pass(lane, now)) return;
    using Candidate = std::pair<CallId, Slot*>;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto consider = [&](Slot* slot) {
        if (const auto call = next_of(*slot, now)) candidates.emplace(*call, slot);
    };
    for (Slot* slot : busy_) {
        if (slot->lane == lane) consider(slot);
    }
    while (!candidates.empty() && may_pass(lane, now)) {
        const auto [call, slot] = candidates.top();
        candidates.pop();
        release(call, now);
        released.push_back(call);
        consider(slot);
    }
}

void RateLimiter::release(CallId call, TimePoint now) {
    Entry& entry = calls_.at(call);
    Slot& slot = entry.slot->second;
    dequeue(call, entry);
    if (entry.state == State::held) slot.finding_out = call;
    entry.state = State::in_flight;
    slot.bucket.sent(now);
    if (entry.lane == Lane::interaction) {
        ++interactions_in_flight_;
        return;
    }
    ++ordinary_in_flight_;
    global_.sent(now);
}

std::optional<RateLimiter::TimePoint> RateLimiter::opens_at(const Slot& slot, TimePoint now) const {
    // What may leave but for the global limit waits for that, or for an answer when too many are under way.
    if (next_of(slot, now)) return slot.lane == Lane::ordinary ? global_.opens_at(now) : now;
    const bool can_send = slot.bucket.can_send(now);
    const auto bucket = can_send ? std::optional(now) : slot.bucket.opens_at(now);
    if (!bucket || !slot.queued.empty()) return bucket;
    return slot.finding_out ? std::nullopt : std::optional(std::max(*bucket, slot.held_until));
}

std::optional<RateLimiter::TimePoint> RateLimiter::next_wake(TimePoint now) const {
    std::optional<TimePoint> wake;
    for (const Slot* slot : busy_) wake = earlier(wake, opens_at(*slot, now));
    return wake;
}

void RateLimiter::finish(CallId call, const ResponseLimits& limits, Duration wait, TimePoint now) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    Entry& entry = found->second;
    land(call, entry);
    learn(entry, limits, wait, now);
    calls_.erase(found);
}

void RateLimiter::repeat(CallId call, const ResponseLimits& limits, Duration wait, TimePoint now) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    Entry& entry = found->second;
    land(call, entry);
    learn(entry, limits, wait, now);
    const bool is_shared = limits.block && limits.block->scope == Scope::shared;
    enqueue(call, entry, is_shared ? State::held : State::queued);
}

void RateLimiter::withdraw(CallId call) {
    const auto found = calls_.find(call);
    if (found == calls_.end()) return;
    if (found->second.state == State::in_flight) {
        land(call, found->second);
    } else {
        dequeue(call, found->second);
    }
    calls_.erase(found);
}

void RateLimiter::land(CallId call, const Entry& entry) {
    Slot& slot = entry.slot->second;
    slot.bucket.ended();
    if (slot.finding_out == call) slot.finding_out.reset();
    --(entry.lane == Lane::interaction ? interactions_in_flight_ : ordinary_in_flight_);
}

void RateLimiter::learn(Entry& entry, const ResponseLimits& limits, Duration wait, TimePoint now) {
    if (!limits.bucket.empty() && !entry.is_serial) rename(entry, limits.bucket, now);
    Slot& slot = entry.slot->second;
    slot.last_used = now;
    if (limits.window) slot.bucket.learn(*limits.window, now);
    if (!limits.block) return;
    const TimePoint until = now + wait + Bucket::kMargin;
    switch (limits.block->scope) {
        case Scope::shared: slot.held_until = std::max(slot.held_until, until); return;
        case Scope::user: slot.bucket.block(until); return;
        case Scope::global:
            global_.block(until);
            // Exempt from the global limit, so that its own bucket has to hold it back.
            if (entry.lane == Lane::interaction) slot.bucket.block(until);
    }
}

void RateLimiter::rename(Entry& entry, const std::string& bucket, TimePoint now) {
    std::string name(prefix_of(entry.lane));
    name.append("#").append(bucket).append(" ").append(entry.major);
    if (entry.slot->first == name) return;
    Slot& old = entry.slot->second;
    names_[entry.route] = name;
    entry.slot = slot_of(entry, now);
    entry.slot->second.held_until = std::max(entry.slot->second.held_until, old.held_until);
    // Those of the same route follow; what shares the old slot by its own name stays.
    std::vector<CallId> followers(old.queued.begin(), old.queued.end());
    followers.insert(followers.end(), old.held.begin(), old.held.end());
    for (const CallId call : followers) {
        Entry& follower = calls_.at(call);
        if (follower.route != entry.route) continue;
        dequeue(call, follower);
        follower.slot = entry.slot;
        enqueue(call, follower, follower.state);
    }
}

void RateLimiter::sweep(TimePoint now) {
    swept_at_ = now;
    std::erase_if(slots_, [&](const auto& entry) {
        const Slot& slot = entry.second;
        return slot.queued.empty() && slot.held.empty() && slot.bucket.is_at_rest(now) &&
               now - slot.last_used >= options_.forget_after;
    });
    std::erase_if(names_, [&](const auto& entry) { return !slots_.contains(entry.second); });
}

}  // namespace nunchi::discord::rest
