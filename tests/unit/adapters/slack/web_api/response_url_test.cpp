#include "adapters/slack/web_api/response_url.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::minutes;

const ResponseUrl::TimePoint kStart{std::chrono::hours(1)};

TEST(ResponseUrl, CanBeUsedFiveTimes) {
    ResponseUrl url("https://hooks.slack.test/1", kStart);
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(url.is_usable(kStart));
        EXPECT_EQ(url.use(), "https://hooks.slack.test/1");
    }
    EXPECT_FALSE(url.is_usable(kStart));
}

TEST(ResponseUrl, EndsBeforeItsThirtyMinutesAreOver) {
    const ResponseUrl url("https://hooks.slack.test/1", kStart);
    EXPECT_TRUE(url.is_usable(kStart + minutes(28)));
    EXPECT_FALSE(url.is_usable(kStart + minutes(29)));
}

TEST(ResponseUrl, IsNotAlwaysThere) {
    EXPECT_FALSE(ResponseUrl("", kStart).is_usable(kStart));
}

}  // namespace
}  // namespace nunchi::slack::web_api
