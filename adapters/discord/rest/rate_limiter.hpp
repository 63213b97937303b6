// Which of the waiting calls may leave now: buckets, the global limit, and the queues in front of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/discord/rest/bucket.hpp"
#include "adapters/discord/rest/global_limiter.hpp"
#include "adapters/discord/rest/lane.hpp"
#include "adapters/discord/rest/response_limits.hpp"
#include "adapters/discord/rest/route.hpp"

namespace nunchi::discord::rest {

/// Given by the caller, growing: of the calls of one bucket the lowest leaves first.
using CallId = std::uint64_t;

struct RateLimiterOptions {
    std::size_t global_per_second = 50;
    std::size_t max_in_flight = 6;            // of ordinary calls
    std::size_t max_queued_per_bucket = 200;  // one busy channel does not take the places of all
    std::chrono::steady_clock::duration forget_after = std::chrono::minutes(15);  // an unused bucket (R12)
};

/// Pure: the time is passed in and never goes back. A bucket is what the server calls one, with the route's
/// major (R6); until the server has named it, the method, pattern and major stand for it, and one request at
/// a time leaves (R7). The reactions of a channel are one bucket whatever the server says (R8, R24).
/// Interactions have buckets of their own and pass the global limit by (R10).
class RateLimiter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    enum class Admission {
        queued,    // ready() will return it, unless it is withdrawn
        full,      // its bucket has too many waiting
        too_late,  // it could not leave before its deadline
    };

    explicit RateLimiter(RateLimiterOptions options = {});

    Admission add(CallId call, const Route& route, Lane lane, TimePoint deadline, TimePoint now);

    /// The calls that leave now; each counts as under way until finish(), repeat() or withdraw().
    std::vector<CallId> ready(TimePoint now);
    /// When ready() returns more by time alone; nothing when only add(), an answer or withdraw() can bring
    /// it.
    std::optional<TimePoint> next_wake(TimePoint now) const;

    /// The answer, and the call leaves. A block counts for `wait`.
    void finish(CallId call, const ResponseLimits& limits, Duration wait, TimePoint now);
    /// The answer was a 429, and the call waits for its next turn, at its old place.
    void repeat(CallId call, const ResponseLimits& limits, Duration wait, TimePoint now);
    /// It no longer waits, or ended without an answer. Does nothing for a call that is not there.
    void withdraw(CallId call);

    std::size_t waiting() const { return calls_.size() - ordinary_in_flight_ - interactions_in_flight_; }
    /// Buckets and their names.
    std::size_t remembered() const { return slots_.size() + names_.size(); }

private:
    enum class State {
        queued,     // waits in its bucket
        held,       // waits in the sub-queue, after a shared 429
        in_flight,  // was returned by ready()
    };

    struct Slot {
        Slot(Lane of, bool is_serial) : lane(of), bucket(is_serial) {}

        Lane lane;
        Bucket bucket;
        std::set<CallId> queued;
        /// After a shared 429 (R13): one at a time finds out whether the resource is free again, while the
        /// others of the bucket pass by.
        std::set<CallId> held;
        TimePoint held_until{};
        std::optional<CallId> finding_out;
        TimePoint last_used{};
    };
    using Slots = std::map<std::string, Slot>;

    struct Entry {
        std::string route;  // with its major: names the slot as long as the server has not
        std::string major;
        Lane lane = Lane::ordinary;
        bool is_serial = false;  // one of the reactions
        State state = State::queued;
        Slots::iterator slot{};
    };

    static Entry entry_of(const Route& route, Lane lane);
    /// Where the calls of its route stand; made when it is not there.
    Slots::iterator slot_of(const Entry& entry, TimePoint now);
    void enqueue(CallId call, Entry& entry, State where);
    void dequeue(CallId call, const Entry& entry);

    static std::optional<CallId> next_of(const Slot& slot, TimePoint now);
    std::optional<TimePoint> opens_at(const Slot& slot, TimePoint now) const;
    bool may_pass(Lane lane, TimePoint now) const;
    void release_lane(Lane lane, TimePoint now, std::vector<CallId>& released);
    void release(CallId call, TimePoint now);

    void land(CallId call, const Entry& entry);
    void learn(Entry& entry, const ResponseLimits& limits, Duration wait, TimePoint now);
    void rename(Entry& entry, const std::string& bucket, TimePoint now);
    void sweep(TimePoint now);

    RateLimiterOptions options_;
    GlobalLimiter global_;
    Slots slots_;
    std::set<Slot*> busy_;                                // those with calls that wait
    std::unordered_map<std::string, std::string> names_;  // route -> the slot, once the server has named it
    std::unordered_map<CallId, Entry> calls_;
    std::size_t ordinary_in_flight_ = 0;
    std::size_t interactions_in_flight_ = 0;
    TimePoint swept_at_{};
};

}  // namespace nunchi::discord::rest
