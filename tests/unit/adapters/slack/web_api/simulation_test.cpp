// An hour of 500 messages a minute in one workspace, and 40 in another, without a clock (TW3).
#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "adapters/slack/web_api/rate_limiter.hpp"

namespace nunchi::slack::web_api {
namespace {

using TimePoint = RateLimiter::TimePoint;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kAge{2};

struct Workspace {
    milliseconds between;
    TimePoint next;
    std::size_t asked = 0;
    std::size_t sent = 0;
    std::size_t dropped = 0;
    std::size_t waiting = 0;
    std::size_t most_in_a_minute = 0;
    milliseconds longest_wait{0};
    std::deque<TimePoint> last_minute{};
};

class Hour {
public:
    void run(TimePoint start) {
        for (auto& [team, workspace] : workspaces_) workspace.next = start;
        for (TimePoint now = start; now < start + minutes(60); now += milliseconds(20)) {
            for (auto& [team, workspace] : workspaces_) ask(team, workspace, now);
            expire(now);
            for (const CallId id : limiter_.ready(now)) leave(id, now);
        }
    }

    std::map<std::string, Workspace> workspaces_;

private:
    struct Waiting {
        std::string team;
        TimePoint since;
    };

    void ask(const std::string& team, Workspace& workspace, TimePoint now) {
        if (now < workspace.next) return;
        workspace.next += workspace.between;
        ++workspace.asked;
        Call call;
        call.method = Method::reactions_add;
        call.caller.team = team;
        const auto admitted = limiter_.add(++last_, call, now + kAge, now);
        ASSERT_EQ(admitted.admission, RateLimiter::Admission::queued);
        calls_.emplace(last_, Waiting{.team = team, .since = now});
        if (admitted.pushed_out) drop(*admitted.pushed_out);
    }
    void expire(TimePoint now) {
        while (!calls_.empty() && now >= calls_.begin()->second.since + kAge) {
            limiter_.withdraw(calls_.begin()->first);
            drop(calls_.begin()->first);
        }
    }
    void drop(CallId id) {
        ++workspaces_.at(calls_.at(id).team).dropped;
        calls_.erase(id);
    }
    void leave(CallId id, TimePoint now) {
        const Waiting call = calls_.at(id);
        calls_.erase(id);
        limiter_.finish(id);
        Workspace& workspace = workspaces_.at(call.team);
        ++workspace.sent;
        workspace.longest_wait =
            std::max(workspace.longest_wait, std::chrono::duration_cast<milliseconds>(now - call.since));
        auto& minute = workspace.last_minute;
        minute.push_back(now);
        while (minute.front() <= now - seconds(60)) minute.pop_front();
        workspace.most_in_a_minute = std::max(workspace.most_in_a_minute, minute.size());
    }

    RateLimiter limiter_{{}};
    CallId last_ = 0;
    std::map<CallId, Waiting> calls_;
};

TEST(SlackSimulation, ReactionsStayAtTheCeilingAndTheOldestAreDropped) {
    Hour hour;
    hour.workspaces_ = {{"T1", {.between = milliseconds(120), .next = {}}},
                        {"T2", {.between = milliseconds(1500), .next = {}}}};
    hour.run(TimePoint{std::chrono::hours(1)});

    const Workspace& busy = hour.workspaces_.at("T1");
    EXPECT_EQ(busy.asked, 30'000U);
    EXPECT_LE(busy.most_in_a_minute, 50U);
    EXPECT_GE(busy.sent, 60U * 49U);
    EXPECT_GE(busy.sent + busy.dropped, 30'000U - 200U) << "the rest still waits";

    const Workspace& calm = hour.workspaces_.at("T2");
    EXPECT_EQ(calm.sent, calm.asked);
    EXPECT_EQ(calm.dropped, 0U);
    EXPECT_LE(calm.longest_wait, milliseconds(20)) << "the busy workspace holds it up by nothing";
}

}  // namespace
}  // namespace nunchi::slack::web_api
