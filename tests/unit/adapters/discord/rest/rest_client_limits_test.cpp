#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/adapters/discord/rest/rest_scene.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

using RestClientLimitsTest = RestScene;

TEST_F(RestClientLimitsTest, WaitsAsLongAsA429SaysInEveryShape) {
    const auto header_only = [] {
        auto response = net::make_response(429, "text/html", "<html>");
        response.headers.set("Retry-After", "0.3");
        return response;
    };
    const std::vector<net::Response> shapes = {rate_limit("user", "0.3"),
                                               rate_limit("shared", "0.3"),
                                               rate_limit("global", "0.3"),
                                               json_response(429, R"({"code":20016,"retry_after":0.3})"),
                                               header_only(),
                                               net::make_response(429, "text/html", "")};
    for (const net::Response& shape : shapes) {
        seen_.clear();
        client_.reset();
        script_ = [&](const net::Request&) { return seen_.empty() ? shape : json_response(200); };

        EXPECT_TRUE(send(message_to(1))) << shape.body;

        ASSERT_EQ(seen_.size(), 2U) << shape.body;
        EXPECT_GE(seen_[1].at - seen_[0].at, milliseconds(290)) << shape.body;
        EXPECT_LT(seen_[1].at - seen_[0].at, seconds(2)) << shape.body;
    }
}

TEST_F(RestClientLimitsTest, GivesUpAtOnceWhenTheWaitDoesNotFit) {
    script_ = [](const net::Request&) { return rate_limit("user", "64.57"); };
    const auto start = Clock::now();
    Call call = message_to(1);
    call.max_age = seconds(10);

    EXPECT_EQ(send(call).error().code, errc::rate_limited);
    // The block holds for the next one too, without a request.
    EXPECT_EQ(send(call).error().code, errc::rate_limited);

    EXPECT_LT(Clock::now() - start, seconds(5));
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(client().counters().limited_user, 1U);
    EXPECT_EQ(client().counters().dropped_old, 2U);
}

TEST_F(RestClientLimitsTest, SharedLimitDoesNotHoldBackOthers) {
    script_ = [this](const net::Request&) {
        auto response = seen_.empty() ? rate_limit("shared", "1") : json_response(200);
        response.headers.set("X-RateLimit-Bucket", "b");
        response.headers.set("X-RateLimit-Limit", "10");
        response.headers.set("X-RateLimit-Remaining", "9");
        response.headers.set("X-RateLimit-Reset-After", "1");
        return response;
    };

    send_all({message_to(1), message_to(1)});

    ASSERT_EQ(seen_.size(), 3U);
    EXPECT_LT(seen_[1].at - seen_[0].at, milliseconds(900));
    EXPECT_GE(seen_[2].at - seen_[0].at, milliseconds(1000));
    EXPECT_EQ(client().counters().invalid, 0U);
    EXPECT_EQ(client().counters().limited_shared, 1U);
}

TEST_F(RestClientLimitsTest, GlobalLimitHoldsBackAllButInteractions) {
    script_ = [this](const net::Request&) {
        return seen_.empty() ? rate_limit("global", "0.6") : json_response(200);
    };
    std::vector<Call> calls{message_to(1)};
    options_.max_in_flight = 1;
    for (int i = 2; i < 6; ++i) calls.push_back(message_to(i));
    calls.push_back(interaction(interaction_callback("1", "tok")));

    const auto answers = send_all(std::move(calls));

    EXPECT_TRUE(
        std::all_of(answers.begin(), answers.end(), [](const auto& answer) { return answer.has_value(); }));
    const auto start = seen_.front().at;
    for (std::size_t i = 1; i < seen_.size(); ++i) {
        const bool is_exempt = seen_[i].request.path == "/api/interactions/1/tok/callback";
        EXPECT_EQ(seen_[i].at - start < milliseconds(590), is_exempt) << seen_[i].request.path;
    }
}

TEST_F(RestClientLimitsTest, SendsTwentyFirstRequestsOfOneRouteOneByOne) {
    std::vector<Call> calls;
    for (int i = 0; i < 20; ++i) calls.push_back(message_to(1));

    send_all(std::move(calls));

    EXPECT_EQ(seen_.size(), 20U);
    EXPECT_EQ(server_->connections(), 1U);  // a second request under way would have needed another
}

TEST_F(RestClientLimitsTest, NeverHasMoreThanFiftyASecondAndLetsCallbacksPass) {
    std::vector<Call> calls;
    for (int i = 0; i < 100; ++i) calls.push_back(message_to(i));
    calls.push_back(interaction(interaction_callback("1", "tok")));

    send_all(std::move(calls));

    ASSERT_EQ(seen_.size(), 101U);
    std::vector<Clock::time_point> ordinary;
    for (const Seen& one : seen_) {
        if (one.request.headers.contains("Authorization")) {
            ordinary.push_back(one.at);
        } else {
            EXPECT_LT(one.at - seen_.front().at, milliseconds(900));
        }
    }
    ASSERT_EQ(ordinary.size(), 100U);
    EXPECT_GE(ordinary[50] - ordinary[0], seconds(1));
    EXPECT_GE(ordinary[99] - ordinary[49], seconds(1));
}

TEST_F(RestClientLimitsTest, CallbacksPassWhenAllOrdinaryOnesHang) {
    script_ = [](const net::Request& request) {
        return json_response(request.headers.contains("Authorization") ? 0 : 200);
    };
    options_.request_timeout = seconds(1);
    options_.max_retries = 0;
    std::vector<Call> calls;
    for (int i = 0; i < 40; ++i) {
        calls.push_back(message_to(i));
        calls.back().max_age = seconds(2);
    }
    calls.push_back(interaction(interaction_callback("1", "tok")));

    const auto answers = send_all(std::move(calls));

    EXPECT_TRUE(answers.back());
    const auto callback = std::find_if(seen_.begin(), seen_.end(), [](const Seen& one) {
        return !one.request.headers.contains("Authorization");
    });
    ASSERT_NE(callback, seen_.end());
    EXPECT_LT(callback->at - seen_.front().at, milliseconds(900));
}

TEST_F(RestClientLimitsTest, DropsWhatWaitedTooLong) {
    script_ = [](const net::Request&) { return json_response(0); };
    options_.request_timeout = seconds(1);
    options_.max_retries = 0;
    Call impatient = message_to(1);
    impatient.max_age = milliseconds(200);

    const auto answers = send_all({message_to(1), impatient});

    EXPECT_EQ(answers[1].error().code, errc::too_old);
    EXPECT_EQ(client().counters().dropped_old, 1U);
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(RestClientLimitsTest, BoundsTheCallsOfALane) {
    options_.max_queued = 2;
    const Call exempt = interaction(interaction_callback("1", "tok"));

    const auto answers = send_all({message_to(1), message_to(2), message_to(3), exempt});

    EXPECT_EQ(answers[2].error().code, errc::queue_full);
    EXPECT_TRUE(answers[3]);
    EXPECT_EQ(client().counters().dropped_full, 1U);
    EXPECT_EQ(seen_.size(), 3U);
}

}  // namespace
}  // namespace nunchi::discord::rest
