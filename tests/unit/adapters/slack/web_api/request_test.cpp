#include "adapters/slack/web_api/request.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

using nlohmann::json;
using std::chrono::seconds;

const Origin kOrigin{.base_url = "https://slack.test/api/", .user_agent = "Nunchi/1"};

Call call_of(Method method, json arguments = json::object()) {
    Call call;
    call.method = method;
    call.caller = {.team = "T1", .token = config::Secret("xoxb-1")};
    call.arguments = std::move(arguments);
    return call;
}

TEST(Request, PostsJson) {
    const auto request = request_of(
        kOrigin, call_of(Method::reactions_add, {{"channel", "C1"}, {"timestamp", "1595926230.009600"}}),
        seconds(7));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://slack.test/api/reactions.add");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(request.headers.get("Authorization"), "Bearer xoxb-1");
    EXPECT_EQ(request.headers.get("User-Agent"), "Nunchi/1");
    EXPECT_EQ(request.body, R"({"channel":"C1","timestamp":"1595926230.009600"})");
    EXPECT_EQ(request.timeout, seconds(7));
}

TEST(Request, AsksWithAQueryWhereSlackReadsNoJson) {
    const auto request = request_of(kOrigin, call_of(Method::users_info, {{"user", "U 1"}}), seconds(1));
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.url, "https://slack.test/api/users.info?user=U%201");
    EXPECT_EQ(request.body, "");
    EXPECT_FALSE(request.headers.contains("Content-Type"));
    EXPECT_EQ(request_of(kOrigin, call_of(Method::emoji_list), seconds(1)).url,
              "https://slack.test/api/emoji.list");
}

TEST(Request, PostsAForm) {
    const auto request = request_of(
        kOrigin, call_of(Method::files_get_upload_url, {{"filename", "a b.png"}, {"length", 3}}), seconds(1));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.body, "filename=a%20b.png&length=3");
}

TEST(Request, GivesNoTokenToAUrlThatCameWithAPayload) {
    Call call = call_of(Method::response_url, {{"text", "행복"}});
    call.url = "https://hooks.slack.test/commands/1";
    const auto request = request_of(kOrigin, call, seconds(1));
    EXPECT_EQ(request.url, "https://hooks.slack.test/commands/1");
    EXPECT_FALSE(request.headers.contains("Authorization"));
    EXPECT_EQ(request.body, R"({"text":"행복"})");
}

TEST(Request, UploadsBytesAsTheyAre) {
    Call call = call_of(Method::upload);
    call.url = "https://files.slack.test/1";
    call.bytes = std::string("\0\xFF&", 3);
    const auto request = request_of(kOrigin, call, seconds(1));
    EXPECT_EQ(request.body, call.bytes);
    EXPECT_EQ(request.headers.get("Content-Type"), "application/octet-stream");
    EXPECT_FALSE(request.headers.contains("Authorization"));
}

TEST(Request, NeedsNoToken) {
    Call call = call_of(Method::oauth_v2_access, {{"code", "c"}});
    call.caller.token = {};
    EXPECT_FALSE(request_of(kOrigin, call, seconds(1)).headers.contains("Authorization"));
}

TEST(Request, LeavesNullsOutAndRepairsText) {
    const auto request = request_of(
        kOrigin, call_of(Method::chat_post_message, {{"thread_ts", nullptr}, {"text", "\xFF"}}), seconds(1));
    EXPECT_EQ(request.body, "{\"text\":\"\xEF\xBF\xBD\"}");
}

TEST(Request, KnowsACallThatCannotBeSent) {
    EXPECT_TRUE(is_well_formed(call_of(Method::auth_test)));
    EXPECT_FALSE(is_well_formed(call_of(Method::auth_test, json::array())));
    EXPECT_FALSE(is_well_formed(call_of(Method::response_url)));
    Call stray = call_of(Method::auth_test);
    stray.url = "https://elsewhere.test/";
    EXPECT_FALSE(is_well_formed(stray));
}

}  // namespace
}  // namespace nunchi::slack::web_api
