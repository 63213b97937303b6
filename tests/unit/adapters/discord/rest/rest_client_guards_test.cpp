#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/adapters/discord/rest/rest_scene.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

using RestClientGuardsTest = RestScene;

std::size_t count(const std::vector<outcome<Answer>>& answers, errc code) {
    return static_cast<std::size_t>(std::count_if(answers.begin(), answers.end(), [code](const auto& answer) {
        return answer.has_error() && answer.error().code == code;
    }));
}

TEST_F(RestClientGuardsTest, A401StopsEverythingThatCarriesTheToken) {
    script_ = [](const net::Request& request) {
        return json_response(request.headers.contains("Authorization") ? 401 : 200);
    };
    std::vector<Call> calls;
    for (int i = 0; i < 100; ++i) calls.push_back(message_to(i));

    const auto answers = send_all(std::move(calls));

    EXPECT_EQ(count(answers, errc::unauthorized), 100U);
    EXPECT_LE(seen_.size(), options_.max_in_flight);
    EXPECT_TRUE(client().is_unauthorized());
    seen_.clear();
    EXPECT_EQ(send(get(gateway_bot())).error().code, errc::unauthorized);
    EXPECT_TRUE(seen_.empty());
    EXPECT_TRUE(send(interaction(interaction_callback("1", "tok"))));
    EXPECT_THAT(log_.str(), HasSubstr("[critical]"));
}

TEST_F(RestClientGuardsTest, ATokenThatTheGatewayRefusedIsRefusedHereToo) {
    client().refuse_token();

    EXPECT_EQ(send(get(gateway_bot())).error().code, errc::unauthorized);
    EXPECT_TRUE(seen_.empty());
    EXPECT_TRUE(client().is_unauthorized());
    net::run(context_, client().wait_until_unauthorized());
}

TEST_F(RestClientGuardsTest, Code40001IsAsGoodAsA401) {
    script_ = [](const net::Request&) {
        return json_response(400, R"({"code":40001,"message":"Unauthorized"})");
    };

    const auto answer = send(get(gateway_bot()));

    EXPECT_EQ(answer.error().code, errc::unauthorized);
    EXPECT_EQ(answer.error().status, 400);
    EXPECT_EQ(answer.error().discord_code, 40001);
    EXPECT_TRUE(client().is_unauthorized());
}

TEST_F(RestClientGuardsTest, AllWhoWaitForTheEndOfTheTokenAreTold) {
    script_ = [](const net::Request&) { return json_response(401); };
    int told = 0;
    for (int i = 0; i < 2; ++i) {
        asio::co_spawn(context_, client().wait_until_unauthorized(),
                       [&](const std::exception_ptr&) { ++told; });
    }
    asio::cancellation_signal signal;
    bool has_ended = false;
    asio::co_spawn(
        context_, client().wait_until_unauthorized(),
        asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr&) { has_ended = true; }));
    context_.poll();
    EXPECT_EQ(told, 0);
    signal.emit(asio::cancellation_type::terminal);
    context_.restart();
    context_.poll();
    EXPECT_TRUE(has_ended);
    EXPECT_EQ(told, 0);

    EXPECT_FALSE(send(get(gateway_bot())));

    context_.restart();
    context_.poll();
    EXPECT_EQ(told, 2);
    net::run(context_, client().wait_until_unauthorized());
}

TEST_F(RestClientGuardsTest, ADeadInteractionEndsAlone) {
    for (const int status : {401, 404}) {
        client_.reset();
        seen_.clear();
        script_ = [status](const net::Request& request) {
            return json_response(request.path.ends_with("/tok") ? status : 200);
        };

        EXPECT_EQ(send(interaction(follow_up("1", "tok"))).error().code, errc::refused);
        EXPECT_EQ(send(interaction(follow_up("1", "tok"))).error().code, errc::webhook_ended);
        EXPECT_EQ(send(interaction(original_response("PATCH", "1", "tok"))).error().code,
                  errc::webhook_ended);
        EXPECT_EQ(seen_.size(), 1U);

        EXPECT_TRUE(send(interaction(follow_up("1", "other"))));
        EXPECT_TRUE(send(message_to(1)));
        EXPECT_FALSE(client().is_unauthorized());
    }
}

TEST_F(RestClientGuardsTest, A403MutesTheKindOfCallInTheChannel) {
    script_ = [](const net::Request&) { return json_response(403, R"({"code":50013})"); };

    EXPECT_EQ(send(message_to(1)).error().code, errc::refused);
    EXPECT_EQ(send(message_to(1)).error().code, errc::muted);

    EXPECT_EQ(seen_.size(), 1U);
    script_ = [](const net::Request&) { return json_response(200); };
    Call other_kind = message_to(1);
    other_kind.permission = "1/notice";
    EXPECT_TRUE(send(other_kind));
    EXPECT_TRUE(send(message_to(2)));
    EXPECT_EQ(client().counters().muted, 1U);
    EXPECT_EQ(client().counters().invalid, 1U);
    EXPECT_THAT(log_.str(), HasSubstr("1/reply"));
}

TEST_F(RestClientGuardsTest, AHundredForbiddenChannelsGetOneRequestEach) {
    script_ = [](const net::Request&) { return json_response(403); };
    std::vector<Call> calls;
    for (int i = 0; i < 500; ++i) calls.push_back(message_to(i % 100));

    const auto answers = send_all(std::move(calls));

    EXPECT_EQ(seen_.size(), 100U);
    EXPECT_EQ(count(answers, errc::refused), 100U);
    EXPECT_EQ(count(answers, errc::muted), 400U);
}

TEST_F(RestClientGuardsTest, WhenAMuteIsOverOneCallFindsOut) {
    options_.mute_time = milliseconds(500);
    script_ = [](const net::Request&) { return json_response(403); };
    EXPECT_EQ(send(message_to(1)).error().code, errc::refused);
    script_ = [](const net::Request&) { return json_response(200); };
    EXPECT_EQ(send(message_to(1)).error().code, errc::muted);
    context_.restart();
    context_.run_for(milliseconds(520));

    EXPECT_TRUE(send(message_to(1)));

    const auto answers = send_all({message_to(1), message_to(1)});
    EXPECT_EQ(count(answers, errc::muted), 0U);
}

TEST_F(RestClientGuardsTest, AProbeWithoutAnAnswerIsGivenBack) {
    options_.mute_time = milliseconds(50);
    options_.request_timeout = milliseconds(500);
    options_.max_retries = 0;
    script_ = [this](const net::Request&) {
        return json_response(seen_.empty() ? 403 : seen_.size() == 1 ? 0 : 200);
    };
    EXPECT_EQ(send(message_to(1)).error().status, 403);
    context_.restart();
    context_.run_for(milliseconds(70));
    EXPECT_EQ(send(message_to(1)).error().status, 0);

    EXPECT_TRUE(send(message_to(1)));
}

TEST_F(RestClientGuardsTest, ACallThatIsTurnedAwayAtItsTurnLeavesItToTheNext) {
    options_.mute_time = milliseconds(50);
    options_.request_timeout = seconds(1);
    options_.max_retries = 0;
    options_.max_in_flight = 2;
    script_ = [this](const net::Request& request) {
        if (request.path == "/api/channels/2/messages") return json_response(200);
        if (request.path == "/api/channels/3/messages") return rate_limit("global", "0.3");
        auto response = json_response(seen_.empty() ? 403 : 0);
        response.headers.set("X-RateLimit-Limit", "5");
        response.headers.set("X-RateLimit-Remaining", "4");
        response.headers.set("X-RateLimit-Reset-After", "1");
        return response;
    };
    EXPECT_EQ(send(message_to(1)).error().status, 403);
    context_.restart();
    context_.run_for(milliseconds(70));
    Call impatient = message_to(3);
    impatient.max_age = milliseconds(250);
    EXPECT_EQ(send(impatient).error().code, errc::rate_limited);

    // They wait for the end of the global block. The first finds out, the second is turned away, and only
    // then there is room for the third.
    const auto answers = send_all({message_to(1), message_to(1), message_to(2)});

    EXPECT_EQ(answers[1].error().code, errc::muted);
    ASSERT_EQ(seen_.size(), 4U);
    EXPECT_EQ(seen_[3].request.path, "/api/channels/2/messages");
    EXPECT_LT(seen_[3].at - seen_[2].at, milliseconds(500));
}

TEST_F(RestClientGuardsTest, TheBreakerStopsEverything) {
    options_.max_invalid_requests = 10;
    script_ = [](const net::Request&) { return json_response(403); };
    std::vector<Call> calls;
    for (int i = 0; i < 100; ++i) calls.push_back(message_to(i));

    const auto answers = send_all(std::move(calls));

    EXPECT_GE(seen_.size(), 10U);
    EXPECT_LE(seen_.size(), 10U + options_.max_in_flight);
    EXPECT_EQ(count(answers, errc::breaker_open), 100U - seen_.size());
    EXPECT_EQ(send(interaction(interaction_callback("1", "tok"))).error().code, errc::breaker_open);
    EXPECT_THAT(log_.str(), HasSubstr("invalid requests"));
}

}  // namespace
}  // namespace nunchi::discord::rest
