#include "adapters/slack/web_api/window.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Limit kThreeAMinute{.calls = 3};
const Window::TimePoint kStart{std::chrono::hours(1)};
const auto kSpan = seconds(60) + Window::kMargin;

TEST(Window, LetsSoManyLeaveAtOnce) {
    Window window(kThreeAMinute);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(window.is_open(kStart));
        window.sent(kStart);
    }
    EXPECT_EQ(window.opens_at(kStart), kStart + kSpan);
    EXPECT_TRUE(window.is_open(kStart + kSpan));
}

TEST(Window, NeverLetsMoreLeaveInAnySpan) {
    Window window(kThreeAMinute);
    for (int second : {0, 20, 40}) window.sent(kStart + seconds(second));
    EXPECT_EQ(window.opens_at(kStart + seconds(41)), kStart + kSpan);
    window.sent(kStart + kSpan);
    EXPECT_EQ(window.opens_at(kStart + kSpan), kStart + seconds(20) + kSpan);
}

TEST(Window, KeepsClosedUntilA429IsOver) {
    Window window(kThreeAMinute);
    window.block(kStart + seconds(90));
    EXPECT_EQ(window.opens_at(kStart), kStart + seconds(90));
    EXPECT_EQ(window.opens_at(kStart + seconds(90)), std::nullopt);
}

TEST(Window, IsNotRefilledByA429) {
    Window window(Limit{.calls = 5});
    const auto end = kStart + seconds(90);
    window.block(end);
    window.sent(end);
    const auto step = kSpan / 5;
    EXPECT_EQ(window.opens_at(end), end + step);
    window.sent(end + step);
    EXPECT_EQ(window.opens_at(end + step), end + 2 * step);
}

TEST(Window, TakesTheLongestOfSeveral429) {
    Window window(kThreeAMinute);
    window.block(kStart + seconds(90));
    window.block(kStart + seconds(10));
    EXPECT_EQ(window.opens_at(kStart), kStart + seconds(90));
}

TEST(Window, IsAlwaysOpenWithoutALimitButAfterA429) {
    Window window(Limit{});
    for (int i = 0; i < 1000; ++i) window.sent(kStart);
    EXPECT_TRUE(window.is_open(kStart));
    EXPECT_TRUE(window.is_at_rest(kStart));
    window.block(kStart + seconds(5));
    EXPECT_FALSE(window.is_open(kStart + seconds(4)));
    EXPECT_FALSE(window.is_at_rest(kStart + seconds(4)));
    EXPECT_TRUE(window.is_open(kStart + seconds(5)));
}

TEST(Window, IsAtRestWhenTheLastCallNoLongerCounts) {
    Window window(kThreeAMinute);
    EXPECT_TRUE(window.is_at_rest(kStart));
    window.sent(kStart);
    EXPECT_FALSE(window.is_at_rest(kStart + kSpan - milliseconds(1)));
    EXPECT_TRUE(window.is_at_rest(kStart + kSpan));
}

}  // namespace
}  // namespace nunchi::slack::web_api
