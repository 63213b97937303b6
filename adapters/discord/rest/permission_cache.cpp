#include "adapters/discord/rest/permission_cache.hpp"

#include <algorithm>
#include <array>

namespace nunchi::discord::rest {
namespace {

/// What a key depends on: all kinds of its channel, and itself.
std::array<std::string_view, 2> parts_of(std::string_view key) {
    return {key.substr(0, key.find('/')), key};
}

}  // namespace

PermissionCache::PermissionCache(std::chrono::steady_clock::duration mute_time, std::size_t capacity)
    : mute_time_(mute_time), capacity_(std::max<std::size_t>(capacity, 1)) {}

const PermissionCache::Entry* PermissionCache::find(std::string_view key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

PermissionCache::Entry* PermissionCache::find(std::string_view key) {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

bool PermissionCache::is_muted(std::string_view key, TimePoint now) const {
    const auto parts = parts_of(key);
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
        const Entry* entry = find(part);
        return entry != nullptr && (entry->is_probed || now < entry->until);
    });
}

PermissionCache::Pass PermissionCache::admit(std::string_view key, TimePoint now) {
    if (is_muted(key, now)) return Pass::muted;
    Pass pass = Pass::open;
    for (const std::string_view part : parts_of(key)) {
        Entry* entry = find(part);
        if (entry == nullptr) continue;
        entry->is_probed = true;
        pass = Pass::probe;
    }
    return pass;
}

bool PermissionCache::settle(std::string_view key, Pass pass, Outcome outcome, Mute mute_what,
                             TimePoint now) {
    if (key.empty()) return false;
    if (pass == Pass::probe) give_back(key);
    const auto [channel, kind] = parts_of(key);
    if (mute_what != Mute::nothing) return mute(mute_what == Mute::channel ? channel : kind, now);
    if (pass != Pass::probe || outcome != Outcome::success) return false;
    for (const std::string_view part : {channel, kind}) {
        const auto found = entries_.find(part);
        if (found != entries_.end()) entries_.erase(found);
    }
    return false;
}

void PermissionCache::give_back(std::string_view key) {
    for (const std::string_view part : parts_of(key)) {
        if (Entry* entry = find(part)) entry->is_probed = false;
    }
}

bool PermissionCache::mute(std::string_view key, TimePoint now) {
    if (Entry* known = find(key)) {
        const bool was_open = now >= known->until;
        known->until = now + mute_time_;
        return was_open;
    }
    make_room(now);
    entries_.emplace(key, Entry{.until = now + mute_time_});
    return true;
}

void PermissionCache::make_room(TimePoint now) {
    if (entries_.size() < capacity_) return;
    std::erase_if(entries_,
                  [&](const auto& entry) { return !entry.second.is_probed && now >= entry.second.until; });
    if (entries_.size() < capacity_) return;
    entries_.erase(std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& left, const auto& right) { return left.second.until < right.second.until; }));
}

}  // namespace nunchi::discord::rest
