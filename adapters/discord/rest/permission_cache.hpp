// Which kinds of call a channel has refused lately, so that they are not made again and again (R26).
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "adapters/discord/rest/verdict.hpp"

namespace nunchi::discord::rest {

/// Pure: the time is passed in. A key is "channel/kind" ("123/reply"), the channel alone stands for all
/// kinds. When a mute is over, exactly one call goes through as a probe; what becomes of it opens or mutes
/// again (R27).
class PermissionCache {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    enum class Pass {
        open,   // nothing is known against it
        probe,  // it finds out; settle() or give_back() must follow
        muted,  // it must not be made
    };

    explicit PermissionCache(std::chrono::steady_clock::duration mute_time, std::size_t capacity = 10'000);

    /// Whether admit() would say muted. Changes nothing.
    bool is_muted(std::string_view key, TimePoint now) const;
    /// To be asked right before the request. An empty key is open.
    Pass admit(std::string_view key, TimePoint now);

    /// An answer came to a call that was let through. The success of a probe opens the channel and the kind,
    /// that of another call may be older than the mute; answers that mute nothing end the probe only. True
    /// when something was muted that was not before.
    bool settle(std::string_view key, Pass pass, Outcome outcome, Mute mute, TimePoint now);
    /// The probe got no answer: the next call is one.
    void give_back(std::string_view key);

    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        TimePoint until;
        bool is_probed = false;  // a call that finds out is under way
    };
    using Entries = std::map<std::string, Entry, std::less<>>;

    const Entry* find(std::string_view key) const;
    Entry* find(std::string_view key);
    bool mute(std::string_view key, TimePoint now);
    void make_room(TimePoint now);

    std::chrono::steady_clock::duration mute_time_;
    std::size_t capacity_;
    Entries entries_;
};

}  // namespace nunchi::discord::rest
