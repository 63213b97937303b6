#include "adapters/slack/events/headers.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::events {
namespace {

net::Headers with(const char* name, const char* value) {
    net::Headers headers;
    headers.set(name, value);
    return headers;
}

TEST(SlackHeaders, TakesAValueThatStandsOnceInAnyCase) {
    auto headers = with("x-SLACK-signature", "v0=1");
    headers.set("Host", "h");
    EXPECT_EQ(only_value(headers, "X-Slack-Signature"), "v0=1");
    headers.add("X-Slack-Signature", "v0=1");
    EXPECT_EQ(only_value(headers, "X-Slack-Signature"), std::nullopt);
    EXPECT_EQ(only_value(headers, "X-Other"), std::nullopt);
}

TEST(SlackHeaders, ReadsTheMediaTypeWithoutItsParameters) {
    EXPECT_EQ(media_type_of(with("Content-Type", "application/json")), MediaType::json);
    EXPECT_EQ(media_type_of(with("Content-Type", "Application/JSON ; charset=utf-8")), MediaType::json);
    EXPECT_EQ(media_type_of(with("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")),
              MediaType::form);
    for (const char* other : {"", "text/plain", "application/jsonp", "json", ";application/json"}) {
        EXPECT_EQ(media_type_of(with("Content-Type", other)), MediaType::other) << other;
    }
    EXPECT_EQ(media_type_of({}), MediaType::other);
}

TEST(SlackHeaders, TellsWhichDeliveryItIs) {
    EXPECT_EQ(retry_of({}).number, 0);
    EXPECT_EQ(retry_of({}).reason, RetryReason::none);
    auto headers = with("X-Slack-Retry-Num", "2");
    EXPECT_EQ(retry_of(headers).number, 2);
    EXPECT_EQ(retry_of(headers).reason, RetryReason::other);
    for (const char* wrong : {"two", "-1", "99999999999999"}) {
        headers.set("X-Slack-Retry-Num", wrong);
        EXPECT_EQ(retry_of(headers).number, 0);
    }
}

TEST(SlackHeaders, KnowsTheReasonsForARetry) {
    const auto reason = [](const char* text) { return retry_of(with("X-Slack-Retry-Reason", text)).reason; };
    EXPECT_EQ(reason("http_timeout"), RetryReason::http_timeout);
    EXPECT_EQ(reason("too_many_redirects"), RetryReason::too_many_redirects);
    EXPECT_EQ(reason("connection_failed"), RetryReason::connection_failed);
    EXPECT_EQ(reason("ssl_error"), RetryReason::ssl_error);
    EXPECT_EQ(reason("http_error"), RetryReason::http_error);
    EXPECT_EQ(reason("unknown_error"), RetryReason::unknown_error);
    EXPECT_EQ(reason("new_in_2030"), RetryReason::other);
}

}  // namespace
}  // namespace nunchi::slack::events
