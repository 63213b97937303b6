// Rate limits as the client keeps and obeys them (TW1, TW2).
#include <gmock/gmock.h>

#include "tests/unit/adapters/slack/web_api/web_scene.hpp"

namespace nunchi::slack::web_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class SlackWebClientLimits : public WebScene {
protected:
    bool is_of(const net::Request& request, const char* method, const char* team) const {
        return request.path == std::string("/api/") + method &&
               request.headers.get("Authorization") == std::string("Bearer xoxb-") + team;
    }
    std::size_t requests_to(std::string_view path) const {
        std::size_t count = 0;
        for (const Seen& one : seen_) count += one.request.path == path ? 1 : 0;
        return count;
    }
};

TEST_F(SlackWebClientLimits, PausesTheMethodOfOneWorkspaceAlone) {
    bool was_limited = false;
    script_ = [&](const net::Request& request) {
        if (was_limited || !is_of(request, "reactions.add", "T1")) return ok();
        was_limited = true;
        return rate_limit("1");
    };
    const auto start = Clock::now();
    const auto outcomes = send_all({reaction("T1"), reaction("T2"), message()});
    for (const auto& one : outcomes) EXPECT_TRUE(one);
    EXPECT_EQ(ended_.back(), 0U);
    for (const Seen& one : seen_) {
        const bool is_the_second_try = &one == &seen_.back();
        EXPECT_EQ(one.at - start >= seconds(1), is_the_second_try) << one.request.path;
    }
    EXPECT_EQ(client().counters().of(Method::reactions_add).rate_limited, 1U);
    EXPECT_EQ(client().counters().of(Method::reactions_add).retries, 0U);
}

TEST_F(SlackWebClientLimits, TakesTheLimitInTheBodyForOne) {
    for (const char* code : {"ratelimited", "rate_limited"}) {
        client_.reset();
        seen_.clear();
        script_ = [&](const net::Request&) {
            if (!seen_.empty()) return ok();
            net::Response response = error(code);
            response.headers.set("Retry-After", "0");
            return response;
        };
        EXPECT_TRUE(send(message())) << code;
        EXPECT_EQ(seen_.size(), 2U);
    }
}

TEST_F(SlackWebClientLimits, DropsACallWhosePauseIsTooLong) {
    script_ = [](const net::Request&) { return rate_limit("600"); };
    const auto start = Clock::now();
    const auto answer = send(reaction());
    EXPECT_EQ(answer.error().code, errc::rate_limited);
    EXPECT_EQ(send(reaction()).error().code, errc::rate_limited) << "the pause holds for the next, too";
    EXPECT_LT(Clock::now() - start, seconds(2));
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(client().counters().of(Method::reactions_add).dropped_old, 2U);
}

TEST_F(SlackWebClientLimits, KeepsTheCeilingOfReactionsAndDropsTheOldest) {
    options_.max_queued_per_bucket = 10;
    options_.max_in_flight = 100;
    std::vector<Call> calls;
    for (int i = 0; i < 70; ++i) {
        Call call = reaction();
        call.max_age = milliseconds(500);
        calls.push_back(call);
    }
    const auto outcomes = send_all(std::move(calls));
    std::size_t succeeded = 0;
    for (const auto& one : outcomes) succeeded += one ? 1 : 0;
    EXPECT_EQ(succeeded, 50U);
    EXPECT_EQ(seen_.size(), 50U);
    const MethodCounters counters = client().counters().of(Method::reactions_add);
    EXPECT_EQ(counters.dropped_old + counters.dropped_full, 20U);
    EXPECT_EQ(client().counters().waiting, 0U);
}

TEST_F(SlackWebClientLimits, PostsAMessageASecondInAChannel) {
    const auto outcomes = send_all({message("C1"), message("C1"), message("C2")});
    for (const auto& one : outcomes) EXPECT_TRUE(one);
    EXPECT_EQ(ended_.back(), 1U);
    EXPECT_GE(seen_.back().at - seen_.front().at, seconds(1));
}

TEST_F(SlackWebClientLimits, OpensAViewWhileOrdinaryCallsHang) {
    options_.max_in_flight = 2;
    options_.request_timeout = milliseconds(600);
    options_.retry.max_retries = 0;
    script_ = [](const net::Request& request) {
        return request.path == "/api/views.open" ? ok() : no_answer();
    };
    std::vector<Call> calls(8, call_of(Method::users_info));
    for (Call& call : calls) call.max_age = milliseconds(700);
    calls.push_back(call_of(Method::views_open));
    const auto start = Clock::now();
    const auto outcomes = send_all(std::move(calls));
    EXPECT_TRUE(outcomes.back());
    EXPECT_EQ(ended_.front(), 8U);
    EXPECT_LE(requests_to("/api/users.info"), 4U);
    EXPECT_LT(Clock::now() - start, seconds(5));
}

}  // namespace
}  // namespace nunchi::slack::web_api
