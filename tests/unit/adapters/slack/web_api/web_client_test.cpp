#include "adapters/slack/web_api/web_client.hpp"

#include <gmock/gmock.h>

#include "tests/unit/adapters/slack/web_api/web_scene.hpp"

namespace nunchi::slack::web_api {
namespace {

using testing::HasSubstr;
using testing::Not;

using SlackWebClient = WebScene;

TEST_F(SlackWebClient, SendsWhatSlackAsksFor) {
    script_ = [](const net::Request&) {
        return json_response(200, R"({"ok":true,"ts":"1595926230.009600","warning":"missing_charset"})");
    };

    const auto answer = send(message());

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body["ts"], "1595926230.009600");
    EXPECT_THAT(answer->warnings, testing::ElementsAre("missing_charset"));
    ASSERT_EQ(seen_.size(), 1U);
    const net::Request& request = seen_.front().request;
    EXPECT_EQ(request.path, "/api/chat.postMessage");
    EXPECT_EQ(request.headers.get("Authorization"), "Bearer xoxb-T1");
    EXPECT_EQ(request.body, R"({"channel":"C1","text":"words of a person"})");
    EXPECT_EQ(client().counters().of(Method::chat_post_message).succeeded, 1U);
}

TEST_F(SlackWebClient, AsksWithQueriesWhereSlackReadsNoJson) {
    Call call = call_of(Method::users_info);
    call.arguments = {{"user", "U1"}};
    ASSERT_TRUE(send(call));
    EXPECT_EQ(seen_.front().request.method, "GET");
    EXPECT_EQ(seen_.front().request.query, "user=U1");
}

TEST_F(SlackWebClient, TakesAReactionThatIsThereAsSuccess) {
    script_ = [](const net::Request&) { return error("already_reacted"); };
    EXPECT_TRUE(send(reaction()));
    EXPECT_EQ(client().counters().of(SlackError::already_reacted), 1U);
}

TEST_F(SlackWebClient, NamesTheErrorAndGoesOn) {
    for (const char* code :
         {"message_not_found", "invalid_name", "is_archived", "bad_timestamp", "new_code"}) {
        script_ = [code](const net::Request&) { return error(code); };
        const auto answer = send(reaction());
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, errc::refused) << code;
        EXPECT_EQ(answer.error().error_code, code);
        EXPECT_EQ(answer.error().message, std::string("reactions.add: ") + code);
    }
    script_ = [](const net::Request&) { return ok(); };
    EXPECT_TRUE(send(reaction())) << "one routine error never switches the feature off";
    EXPECT_EQ(client().counters().of(Method::reactions_add).refused, 5U);
    EXPECT_EQ(client().counters().of(SlackError::other), 1U);
    EXPECT_THAT(log_.str(), HasSubstr("bad_timestamp: the request is wrong"));
}

TEST_F(SlackWebClient, TellsTheMissingScopeAndStopsTheMethodAlone) {
    script_ = [](const net::Request&) {
        return json_response(
            200,
            R"({"ok":false,"error":"missing_scope","needed":"reactions:write","provided":"chat:write"})");
    };
    const auto answer = send(reaction());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::method_stopped);
    EXPECT_EQ(answer.error().error, SlackError::missing_scope);
    EXPECT_EQ(answer.error().needed, "reactions:write");
    EXPECT_EQ(answer.error().provided, "chat:write");
    EXPECT_THAT(log_.str(), HasSubstr("missing_scope (needs reactions:write, has chat:write)"));

    script_ = [](const net::Request&) { return ok(); };
    EXPECT_EQ(send(reaction()).error().code, errc::method_stopped);
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_TRUE(send(message()));
    EXPECT_TRUE(send(reaction("T2")));
    EXPECT_FALSE(client().is_silenced("T1"));
}

TEST_F(SlackWebClient, StopsAllThatCarriesARefusedToken) {
    for (const char* code : {"invalid_auth", "token_revoked", "account_inactive", "token_expired"}) {
        seen_.clear();
        client_.reset();
        script_ = [code](const net::Request&) { return error(code); };
        EXPECT_EQ(send(reaction()).error().code, errc::silenced) << code;
        EXPECT_TRUE(client().is_silenced("T1"));
        script_ = [](const net::Request&) { return ok(); };
        EXPECT_EQ(send(message()).error().code, errc::silenced);
        EXPECT_EQ(seen_.size(), 1U);
        EXPECT_EQ(client().counters().of(Method::chat_post_message).stopped, 1U);
        EXPECT_TRUE(send(reaction("T2"))) << "another workspace";
    }
    EXPECT_THAT(log_.str(), HasSubstr("[critical] slack: reactions.add: invalid_auth"));
    EXPECT_THAT(log_.str(), Not(HasSubstr("xoxb")));
}

TEST_F(SlackWebClient, SpeaksAgainWithAnotherToken) {
    script_ = [](const net::Request&) { return error("token_revoked"); };
    EXPECT_FALSE(send(reaction()));
    script_ = [](const net::Request&) { return ok(); };
    Call renewed = reaction();
    renewed.caller.token = config::Secret("xoxb-new");
    EXPECT_TRUE(send(renewed));
    EXPECT_FALSE(client().is_silenced("T1"));
}

TEST_F(SlackWebClient, EndsTheCallsThatWaitWhenTheTokenIsRefused) {
    script_ = [](const net::Request&) { return error("account_inactive"); };
    std::vector<Call> calls(3, message());
    const auto outcomes = send_all(std::move(calls));
    for (const auto& one : outcomes) EXPECT_EQ(one.error().code, errc::silenced);
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(SlackWebClient, AnswersToAResponseUrl) {
    script_ = [](const net::Request&) { return net::make_response(200, "text/plain", "ok"); };
    Call call;
    call.method = Method::response_url;
    call.url = options_.base_url + "/response_url";
    call.arguments = {{"text", "행복"}};
    EXPECT_TRUE(send(call));
    EXPECT_FALSE(seen_.front().request.headers.contains("Authorization"));

    script_ = [](const net::Request&) { return net::make_response(404, "text/plain", "used_url"); };
    const auto answer = send(call);
    EXPECT_EQ(answer.error().code, errc::refused);
    EXPECT_EQ(answer.error().message, "response_url: HTTP 404") << "the URL is a secret";
}

TEST_F(SlackWebClient, RefusesACallThatIsNone) {
    EXPECT_EQ(send(call_of(Method::response_url)).error().code, errc::bad_call);
    Call call = reaction();
    call.arguments = "channel";
    EXPECT_EQ(send(call).error().code, errc::bad_call);
    EXPECT_TRUE(seen_.empty());
}

TEST_F(SlackWebClient, FollowsNoRedirect) {
    script_ = [](const net::Request&) {
        net::Response response = json_response(302, "");
        response.headers.set("Location", "http://127.0.0.1:9/");
        return response;
    };
    EXPECT_EQ(send(reaction()).error().code, errc::redirected);
    EXPECT_EQ(seen_.size(), 1U);
}

}  // namespace
}  // namespace nunchi::slack::web_api
