// Which of the waiting calls may leave now: a window for each workspace and method, and a queue in front of
// it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/slack/web_api/call.hpp"
#include "adapters/slack/web_api/window.hpp"

namespace nunchi::slack::web_api {

/// Given by the caller, growing: the older a call, the lower its number.
using CallId = std::uint64_t;

struct RateLimiterOptions {
    /// Requests under way at once, of all workspaces; urgent ones are not counted and not held up.
    std::size_t max_in_flight = 6;
    std::size_t max_queued = 2000;
    std::size_t max_queued_per_bucket = 200;
};

/// Pure: the time is passed in. Of one bucket the oldest call leaves first; where the method wants it so, the
/// newest, and a full queue then pushes the oldest out (section 3.4). Calls of second rank come after all
/// others. The buckets take turns, so no workspace uses up the places of another (O4).
class RateLimiter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit RateLimiter(RateLimiterOptions options) : options_(options) {}

    enum class Admission {
        queued,
        too_late,  // the bucket opens after the deadline
        full,
    };
    struct Admitted {
        Admission admission = Admission::queued;
        std::optional<CallId> pushed_out{};  // waits no more
    };
    Admitted add(CallId id, const Call& call, TimePoint deadline, TimePoint now);

    /// Those that leave now; each is under way until finish() or withdraw().
    std::vector<CallId> ready(TimePoint now);
    /// When ready() may have more by time alone.
    std::optional<TimePoint> next_wake(TimePoint now) const;

    /// The request ended, in any way.
    void finish(CallId id) { withdraw(id); }
    /// The same with a 429: its bucket alone is closed until then (W4).
    void finish_limited(CallId id, TimePoint closed_until);
    /// Waits no more, or is under way no more; does nothing for other calls.
    void withdraw(CallId id);

    bool is_waiting(CallId id) const;
    std::size_t waiting() const { return waiting_; }
    std::size_t buckets() const { return buckets_.size(); }

private:
    /// What leaves first is the lowest.
    using Rank = std::pair<bool, std::int64_t>;
    struct Bucket {
        explicit Bucket(const MethodTraits& method) : traits(&method), window(method.limit) {}
        const MethodTraits* traits;
        Window window;
        std::map<Rank, CallId> queue;
        std::size_t in_flight = 0;
    };
    using Buckets = std::map<std::string, Bucket, std::less<>>;
    struct Place {
        Buckets::iterator bucket;
        std::optional<Rank> rank;  // in the queue; none: under way
    };

    bool may_leave(const Bucket& bucket, TimePoint now) const;
    CallId take_first(Buckets::iterator place, TimePoint now);
    /// The next bucket after the last one served that may send; the end when there is none.
    Buckets::iterator next_open(TimePoint now);
    void forget_unused(TimePoint now);

    RateLimiterOptions options_;
    Buckets buckets_;
    std::unordered_map<CallId, Place> places_;
    std::string last_served_;
    std::size_t waiting_ = 0;
    std::size_t ordinary_in_flight_ = 0;
};

}  // namespace nunchi::slack::web_api
