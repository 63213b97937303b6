// Discord's side of the rate limits in simulated time, and a client of the pure parts that speaks to it.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/discord/rest/rate_limiter.hpp"
#include "adapters/discord/rest/retry_policy.hpp"
#include "adapters/discord/rest/routes.hpp"
#include "adapters/discord/rest/safeguards.hpp"

namespace nunchi::discord::rest {

using TimePoint = RateLimiter::TimePoint;
using Duration = RateLimiter::Duration;

/// Things that happen at a time, in order.
class Timeline {
public:
    TimePoint now() const { return now_; }
    void at(TimePoint when, std::function<void()> what) { events_.push({when, ++last_, std::move(what)}); }
    void run() {
        while (!events_.empty()) {
            const Event event = events_.top();
            events_.pop();
            now_ = event.when;
            event.what();
        }
    }

private:
    struct Event {
        TimePoint when;
        std::uint64_t number;
        std::function<void()> what;
        bool operator<(const Event& other) const {
            return std::tie(when, number) > std::tie(other.when, other.number);
        }
    };

    TimePoint now_{std::chrono::hours(100)};
    std::uint64_t last_ = 0;
    std::priority_queue<Event> events_;
};

/// Answers by fixed windows, as strict as the documentation allows.
class SimulatedDiscord {
public:
    struct Seen {
        TimePoint at;
        std::string path;
        bool is_exempt = false;
        int status = 0;
    };

    int limit = 5;
    Duration window = std::chrono::seconds(5);
    /// Remaining is one too many, a 429 adds a whole window, no scope, times in milliseconds where nobody
    /// looks (D21).
    bool deviates = false;
    /// What is answered in place of a 200 when no limit is hit.
    std::function<net::Response(const Call&)> script;

    net::Response answer(const Call& call, TimePoint now) {
        net::Response response = decide(call, now);
        seen.push_back({now, call.route.path, call.lane == Lane::interaction, response.status});
        return response;
    }

    /// The most ordinary requests in any second.
    std::size_t busiest_second() const {
        std::size_t most = 0;
        std::deque<TimePoint> last;
        for (const Seen& one : seen) {
            if (one.is_exempt) continue;
            last.push_back(one.at);
            while (one.at - last.front() >= std::chrono::seconds(1)) last.pop_front();
            most = std::max(most, last.size());
        }
        return most;
    }

    std::size_t count(int status) const {
        return static_cast<std::size_t>(
            std::count_if(seen.begin(), seen.end(), [&](const Seen& one) { return one.status == status; }));
    }

    std::vector<Seen> seen;

private:
    struct Fill {
        TimePoint ends;
        int used = 0;
    };

    net::Response decide(const Call& call, TimePoint now) {
        Fill& fill = fills_[call.route.method + call.route.pattern + call.route.major];
        if (now >= fill.ends) fill = {.ends = now + window, .used = 0};
        net::Response response = net::make_response(200, "application/json", "{}");
        if (++fill.used > limit) {
            if (deviates) fill.ends += window;
            const std::chrono::duration<double> left = fill.ends - now;
            response =
                net::make_response(429, "application/json",
                                   R"({"global":false,"retry_after":)" + std::to_string(left.count()) + "}");
        } else if (script) {
            response = script(call);
        }
        const std::chrono::duration<double> left = fill.ends - now;
        response.headers.set("X-RateLimit-Bucket",
                             deviates ? call.route.path : "hash of " + call.route.pattern);
        if (deviates) response.headers.set("X-RateLimit-Reset", "1700000000000");
        response.headers.set("X-RateLimit-Limit", std::to_string(limit));
        response.headers.set("X-RateLimit-Remaining",
                             std::to_string(std::max(0, limit - fill.used + (deviates ? 1 : 0))));
        response.headers.set("X-RateLimit-Reset-After", std::to_string(left.count()));
        return response;
    }

    std::map<std::string, Fill> fills_;
};

/// What core.cpp does, with the timeline in place of the executor.
class SimulatedClient {
public:
    SimulatedClient(Timeline& timeline, SimulatedDiscord& server, RateLimiterOptions options = {},
                    Duration mute_time = std::chrono::minutes(10), std::size_t max_invalid = 5000)
        : timeline_(timeline), server_(server), limiter_(options), safeguards_(mute_time, max_invalid) {}

    void send(Call call) {
        const CallId id = ++last_;
        const TimePoint now = timeline_.now();
        const TimePoint deadline = now + call.max_age;
        jobs_.emplace(id, Job{call, now, deadline, RetryPolicy({}, true, deadline, id)});
        timeline_.at(deadline, [this, id] { expire(id); });
        enqueue(id);
    }

    std::size_t succeeded = 0;
    std::size_t refused = 0;
    std::size_t expired = 0;
    std::map<errc, std::size_t> given_up;
    Duration longest_exempt_wait{0};

private:
    struct Job {
        Call call;
        TimePoint start;
        TimePoint deadline;
        RetryPolicy retries;
        PermissionCache::Pass pass = PermissionCache::Pass::open;
        bool is_waiting = true;
    };

    void enqueue(CallId id) {
        Job& job = jobs_.at(id);
        const TimePoint now = timeline_.now();
        if (const auto objection = safeguards_.objection_to(job.call, job.pass, now))
            return drop(id, *objection);
        const auto admission = limiter_.add(id, job.call.route, job.call.lane, job.deadline, now);
        if (admission == RateLimiter::Admission::full) return drop(id, errc::queue_full);
        if (admission == RateLimiter::Admission::too_late) return drop(id, errc::rate_limited);
        pump();
    }

    void drop(CallId id, errc why) {
        ++given_up[why];
        limiter_.withdraw(id);
        jobs_.erase(id);
    }

    void expire(CallId id) {
        const auto found = jobs_.find(id);
        if (found == jobs_.end() || !found->second.is_waiting) return;
        ++expired;
        limiter_.withdraw(id);
        jobs_.erase(found);
    }

    void pump() {
        const TimePoint now = timeline_.now();
        for (const CallId id : limiter_.ready(now)) leave(id);
        const auto wake = limiter_.next_wake(now);
        if (wake && (wake != armed_ || now >= *armed_)) {
            armed_ = wake;
            timeline_.at(*wake, [this] { pump(); });
        }
    }

    void leave(CallId id) {
        Job& job = jobs_.at(id);
        const TimePoint now = timeline_.now();
        if (job.call.lane == Lane::interaction)
            longest_exempt_wait = std::max(longest_exempt_wait, now - job.start);
        if (job.pass != PermissionCache::Pass::probe) job.pass = safeguards_.admit(job.call, now);
        if (job.pass == PermissionCache::Pass::muted) return drop(id, errc::muted);
        job.is_waiting = false;
        timeline_.at(now + latency(), [this, id] {
            const net::Response response = server_.answer(jobs_.at(id).call, timeline_.now());
            timeline_.at(timeline_.now() + latency(), [this, id, response] { on_answer(id, response); });
        });
    }

    void on_answer(CallId id, const net::Response& response) {
        Job& job = jobs_.at(id);
        const TimePoint now = timeline_.now();
        const Reading reading = read_response(response);
        const Verdict verdict = judge(reading, job.call.lane);
        const Alarm alarm = safeguards_.note(job.call, job.pass, verdict, now);
        if (verdict.outcome == Outcome::rate_limited) {
            on_rate_limit(id, reading);
        } else {
            limiter_.finish(id, reading.limits, {}, now);
            ++(verdict.outcome == Outcome::success ? succeeded : refused);
            jobs_.erase(id);
        }
        if (alarm.any()) recheck();
        pump();
    }

    void on_rate_limit(CallId id, const Reading& reading) {
        Job& job = jobs_.at(id);
        const auto wait = job.retries.after_rate_limit(reading.limits.block->retry_after, timeline_.now());
        job.is_waiting = true;
        if (wait) return limiter_.repeat(id, reading.limits, *wait, timeline_.now());
        limiter_.finish(id, reading.limits,
                        reading.limits.block->retry_after.value_or(std::chrono::seconds(1)), timeline_.now());
        ++given_up[errc::rate_limited];
        jobs_.erase(id);
    }

    void recheck() {
        std::vector<std::pair<CallId, errc>> dropped;
        for (const auto& [id, job] : jobs_) {
            const auto objection = safeguards_.objection_to(job.call, job.pass, timeline_.now());
            if (job.is_waiting && objection) dropped.emplace_back(id, *objection);
        }
        for (const auto& [id, why] : dropped) drop(id, why);
    }

    /// 20 to 40 ms each way, so that answers overtake each other.
    Duration latency() {
        return std::chrono::microseconds(20'000 + static_cast<std::int64_t>(random_() % 20'000));
    }

    Timeline& timeline_;
    SimulatedDiscord& server_;
    RateLimiter limiter_;
    Safeguards safeguards_;
    std::map<CallId, Job> jobs_;
    CallId last_ = 0;
    std::optional<TimePoint> armed_;
    std::mt19937_64 random_{42};
};

}  // namespace nunchi::discord::rest
