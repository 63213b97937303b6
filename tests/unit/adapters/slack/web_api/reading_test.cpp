#include "adapters/slack/web_api/reading.hpp"

#include <gmock/gmock.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

Reading read(int status, const std::string& body, Method method = Method::reactions_add) {
    return read_response(method, net::make_response(status, "application/json", body));
}

TEST(Reading, KnowsSuccess) {
    const auto reading = read(200, R"({"ok":true,"ts":"1595926230.009600"})");
    EXPECT_TRUE(reading.is_ok);
    EXPECT_EQ(reading.error, SlackError::none);
    EXPECT_EQ(reading.body["ts"], "1595926230.009600");
}

TEST(Reading, NamesTheError) {
    const auto reading = read(200, R"({"ok":false,"error":"invalid_name"})");
    EXPECT_FALSE(reading.is_ok);
    EXPECT_TRUE(reading.is_slacks);
    EXPECT_EQ(reading.error, SlackError::invalid_name);
    EXPECT_EQ(reading.error_code, "invalid_name");
}

TEST(Reading, KeepsTheTextOfAnUnknownError) {
    const auto reading = read(200, R"({"ok":false,"error":"something_new"})");
    EXPECT_EQ(reading.error, SlackError::other);
    EXPECT_EQ(reading.error_code, "something_new");
}

TEST(Reading, TellsTheScopesThatAreMissing) {
    const auto reading = read(
        200,
        R"({"ok":false,"error":"missing_scope","needed":"reactions:write","provided":"chat:write,users:read"})");
    EXPECT_EQ(reading.error, SlackError::missing_scope);
    EXPECT_EQ(reading.needed, "reactions:write");
    EXPECT_EQ(reading.provided, "chat:write,users:read");
}

TEST(Reading, CollectsWarnings) {
    const auto reading = read(200, R"({"ok":true,"warning":"missing_charset,old_method",
                                       "response_metadata":{"warnings":["missing_charset","third"]}})");
    EXPECT_THAT(reading.warnings, ElementsAre("missing_charset", "old_method", "third"));
    EXPECT_THAT(read(200, R"({"ok":true,"warning":7,"response_metadata":{"warnings":{"a":1}}})").warnings,
                IsEmpty());
}

TEST(Reading, LetsNothingIntoTheLogThatIsNoCode) {
    const auto reading = read(200, R"({"ok":false,"error":"the text\nof a person","needed":"a\nb"})");
    EXPECT_EQ(reading.error, SlackError::other);
    EXPECT_EQ(reading.error_code, "?");
    EXPECT_EQ(reading.needed, "?");
}

TEST(Reading, TakesWhatIsNoAnswerOfSlack) {
    for (const char* body :
         {"", "upstream connect error", "<html>", "[]", "7", "{}", R"({"ok":"true"})", "{"}) {
        const auto reading = read(503, body);
        EXPECT_FALSE(reading.is_ok) << body;
        EXPECT_FALSE(reading.is_slacks) << body;
        EXPECT_EQ(reading.error, SlackError::none) << body;
    }
    EXPECT_FALSE(read(500, R"({"ok":true})").is_ok);
}

TEST(Reading, HasAnErrorWheneverOkIsFalse) {
    EXPECT_EQ(read(200, R"({"ok":false})").error, SlackError::other);
    EXPECT_EQ(read(200, R"({"ok":false,"error":7})").error_code, "?");
}

TEST(Reading, IsNotBroughtDownByDeepNesting) {
    const auto reading = read(200, std::string(100'000, '[') + std::string(100'000, ']'));
    EXPECT_FALSE(reading.is_ok);
}

TEST(Reading, ReadsRetryAfter) {
    auto response = net::make_response(429, "application/json", R"({"ok":false,"error":"ratelimited"})");
    const auto told = [&](const char* text) {
        response.headers.set("Retry-After", text);
        return read_response(Method::users_info, response).retry_after;
    };
    EXPECT_EQ(told("30"), seconds(30));
    EXPECT_EQ(told("0"), seconds(0));
    EXPECT_EQ(told("99999999999999999999"), seconds(3600));
    EXPECT_EQ(told("soon"), std::nullopt);
    EXPECT_EQ(told("1.5"), std::nullopt);
    EXPECT_EQ(told("-1"), std::nullopt);
    EXPECT_EQ(told(""), std::nullopt);
}

TEST(Reading, TakesAnyTextOfAResponseUrl) {
    EXPECT_TRUE(read(200, "ok", Method::response_url).is_ok);
    EXPECT_TRUE(read(200, "", Method::upload).is_ok);
    EXPECT_FALSE(read(404, "", Method::response_url).is_ok);
    const auto reading = read(404, R"({"ok":false,"error":"used_url"})", Method::response_url);
    EXPECT_EQ(reading.error_code, "used_url");
}

}  // namespace
}  // namespace nunchi::slack::web_api
