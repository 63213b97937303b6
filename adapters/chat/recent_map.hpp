// A map of bounded size.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace nunchi::chat {

/// Keeps the entries that were touched last; a new one beyond `capacity` (at least 1) pushes the longest
/// untouched one out.
template <typename Value>
class RecentMap {
public:
    explicit RecentMap(std::size_t capacity) : capacity_(capacity) {}

    // The index looks into the entries.
    RecentMap(const RecentMap&) = delete;
    RecentMap& operator=(const RecentMap&) = delete;

    /// Null when it is not there. Valid until the next call of get() or clear().
    Value* find(std::string_view key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }

    /// The value of the key, made when it is not there. Valid as that of find().
    Value& get(std::string_view key) {
        if (Value* known = find(key)) return *known;
        if (index_.size() == capacity_) {
            index_.erase(entries_.back().first);
            entries_.pop_back();
        }
        entries_.emplace_front(std::string(key), Value());
        index_.emplace(entries_.front().first, entries_.begin());
        return entries_.front().second;
    }

    void clear() {
        index_.clear();
        entries_.clear();
    }

    std::size_t size() const { return index_.size(); }

private:
    using Entries = std::list<std::pair<std::string, Value>>;

    std::size_t capacity_;
    Entries entries_;  // the last touched first
    std::unordered_map<std::string_view, typename Entries::iterator> index_;
};

/// One key of several ids. Two lists give the same key only when they are equal, whatever the ids hold.
inline std::string key_of(std::initializer_list<std::string_view> ids) {
    std::string key;
    for (const std::string_view id : ids) {
        key += std::to_string(id.size());
        key += ':';
        key += id;
    }
    return key;
}

}  // namespace nunchi::chat
