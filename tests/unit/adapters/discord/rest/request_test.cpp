#include "adapters/discord/rest/request.hpp"

#include <gtest/gtest.h>

#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::seconds;

Origin origin() {
    return {.base_url = "https://discord.com/api/v10",
            .token = config::Secret("the-token"),
            .user_agent = "DiscordBot (https://nunchi.example, 1.0)"};
}

Call call_of(Route route, nlohmann::json body = nullptr, Lane lane = Lane::ordinary) {
    Call call;
    call.route = std::move(route);
    call.body = std::move(body);
    call.lane = lane;
    return call;
}

TEST(RequestOf, OrdinaryCallCarriesTokenAgentAndType) {
    const auto request =
        request_of(origin(), call_of(create_message("1"), {{"content", "안녕"}}), seconds(5));

    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://discord.com/api/v10/channels/1/messages");
    EXPECT_EQ(request.headers.get("Authorization"), "Bot the-token");
    EXPECT_EQ(request.headers.get("User-Agent"), "DiscordBot (https://nunchi.example, 1.0)");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(request.body, R"({"content":"안녕"})");
    EXPECT_EQ(request.timeout, seconds(5));
}

TEST(RequestOf, InteractionCarriesNoToken) {
    const auto call = call_of(follow_up("1", "tok"), {{"content", "x"}}, Lane::interaction);

    const auto request = request_of(origin(), call, seconds(5));

    EXPECT_FALSE(request.headers.contains("Authorization"));
    EXPECT_EQ(request.headers.get("User-Agent"), "DiscordBot (https://nunchi.example, 1.0)");
}

TEST(RequestOf, NoBodyMeansNoContentType) {
    const auto request = request_of(origin(), call_of(gateway_bot()), seconds(5));

    EXPECT_FALSE(request.headers.contains("Content-Type"));
    EXPECT_EQ(request.body, "");
}

TEST(RequestOf, TakesABaseUrlWithPortPrefixAndSlash) {
    for (const char* base : {"http://127.0.0.1:8080/prefix/api", "http://127.0.0.1:8080/prefix/api/"}) {
        Origin other = origin();
        other.base_url = base;
        EXPECT_EQ(request_of(other, call_of(gateway_bot()), seconds(5)).url,
                  "http://127.0.0.1:8080/prefix/api/gateway/bot");
    }
}

TEST(RequestOf, TakesTokensOfAnyKind) {
    for (const std::string& token :
         {std::string("x"), std::string(59, 'y'), std::string(500, '='), std::string("a b")}) {
        Origin other = origin();
        other.token = config::Secret(token);
        EXPECT_EQ(request_of(other, call_of(gateway_bot()), seconds(5)).headers.get("Authorization"),
                  "Bot " + token);
    }
}

TEST(RequestOf, RepairsTextThatIsNoUtf8) {
    const auto request =
        request_of(origin(), call_of(create_message("1"), {{"content", "a\xff"}}), seconds(5));

    EXPECT_EQ(request.body, "{\"content\":\"a\xEF\xBF\xBD\"}");
}

TEST(Describe, HoldsNeitherTokenNorTextOfPeople) {
    const auto call = call_of(follow_up("1", "interaction-token"), {{"content", "words"}}, Lane::interaction);
    const auto response = net::make_response(
        400, "application/json",
        R"({"code":50035,"message":"words","errors":{"content":{"_errors":[{"code":"LONG","message":"words"}]}}})");

    EXPECT_EQ(describe(call, read_response(response)),
              "POST /webhooks/{application}/{token}: 400, Discord code 50035 (content: LONG)");
    EXPECT_EQ(describe(call, make_error_code(errc::too_old)),
              "POST /webhooks/{application}/{token}: the call waited too long");
}

}  // namespace
}  // namespace nunchi::discord::rest
