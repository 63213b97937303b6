// Which shard may identify now: max_concurrency at once, each key five seconds apart, low shards first (G24).
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>

namespace nunchi::discord::gateway {

/// Pure: the time is passed in. Shared by all shards of the process.
class IdentifyGate {
public:
    using Clock = std::chrono::steady_clock;
    using TimePoint = Clock::time_point;

    static constexpr std::chrono::milliseconds kInterval{5000};

    explicit IdentifyGate(int max_concurrency = 1, Clock::duration interval = kInterval);

    /// Discord's number may change while we run.
    void set_max_concurrency(int max_concurrency);

    /// Nobody passes before: another process identified just now.
    void hold_until(TimePoint until) { held_until_ = until; }

    void enter(int shard) { line_.insert(shard); }
    void leave(int shard) { line_.erase(shard); }

    /// When this shard may try again to pass; nothing while another one of its key stands before it.
    std::optional<TimePoint> may_pass_at(int shard) const;

    /// The shard identifies now, and leaves the line. Its turn must have come.
    void pass(int shard, TimePoint now);

private:
    int key_of(int shard) const { return shard % max_concurrency_; }

    int max_concurrency_;
    Clock::duration interval_;
    TimePoint held_until_{};
    std::set<int> line_;
    std::map<int, TimePoint> next_;  // by shard, not by key: the keys change with max_concurrency
};

}  // namespace nunchi::discord::gateway
