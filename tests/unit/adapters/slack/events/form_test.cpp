#include "adapters/slack/events/form.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::slack::events {
namespace {

using nlohmann::json;

TEST(SlackForm, DecodesNamesAndValues) {
    EXPECT_EQ(parse_form("command=%2F%EB%88%88%EC%B9%98&text=a+b%26c&empty=&bare"),
              json({{"command", "/눈치"}, {"text", "a b&c"}, {"empty", ""}, {"bare", ""}}));
}

TEST(SlackForm, IsEmptyForNothing) {
    EXPECT_EQ(parse_form(""), json::object());
    EXPECT_EQ(parse_form("&&"), json::object());
}

TEST(SlackForm, KeepsTheFirstOfTwoFieldsOfOneName) {
    EXPECT_EQ(parse_form("a=1&a=2"), json({{"a", "1"}}));
}

TEST(SlackForm, RefusesBrokenEscapesAndTooManyFields) {
    EXPECT_FALSE(parse_form("a=%"));
    EXPECT_FALSE(parse_form("a=%zz"));
    EXPECT_FALSE(parse_form("%f=1"));
    std::string many;
    for (int i = 0; i < 101; ++i) many += "f" + std::to_string(i) + "=1&";
    EXPECT_FALSE(parse_form(many));
}

TEST(SlackForm, SeesAnSslCheckWithTheExactValueOnly) {
    EXPECT_TRUE(asks_for_ssl_check("ssl_check=1"));
    EXPECT_TRUE(asks_for_ssl_check("ssl_check=1&token=x"));
    EXPECT_TRUE(asks_for_ssl_check("token=x&ssl_check=1"));
    for (const char* other :
         {"", "ssl_check", "ssl_check=", "ssl_check=0", "ssl_check=2", "ssl_check=true", "ssl_check=11",
          "ssl_check=1%00", "xssl_check=1", "text=ssl_check=1", "SSL_CHECK=1"}) {
        EXPECT_FALSE(asks_for_ssl_check(other)) << other;
    }
}

}  // namespace
}  // namespace nunchi::slack::events
