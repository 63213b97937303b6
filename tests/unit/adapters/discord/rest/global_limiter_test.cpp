#include "adapters/discord/rest/global_limiter.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr GlobalLimiter::TimePoint kStart{std::chrono::hours(100)};

TEST(GlobalLimiter, LetsSoManyThroughInAnySpan) {
    GlobalLimiter limiter(50);
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(limiter.can_send(kStart + milliseconds(i)));
        limiter.sent(kStart + milliseconds(i));
    }

    EXPECT_EQ(limiter.opens_at(kStart + milliseconds(50)), kStart + GlobalLimiter::kSpan);
    EXPECT_TRUE(limiter.can_send(kStart + GlobalLimiter::kSpan));
    limiter.sent(kStart + GlobalLimiter::kSpan);
    // The second one left a millisecond after the first.
    EXPECT_FALSE(limiter.can_send(kStart + GlobalLimiter::kSpan));
    EXPECT_TRUE(limiter.can_send(kStart + GlobalLimiter::kSpan + milliseconds(1)));
}

TEST(GlobalLimiter, WaitsOutABlock) {
    GlobalLimiter limiter(50);
    limiter.block(kStart + seconds(5));
    limiter.block(kStart + seconds(2));

    EXPECT_EQ(limiter.opens_at(kStart), kStart + seconds(5));
    EXPECT_TRUE(limiter.can_send(kStart + seconds(5)));
}

TEST(GlobalLimiter, LetsAtLeastOneThrough) {
    EXPECT_TRUE(GlobalLimiter(0).can_send(kStart));
}

}  // namespace
}  // namespace nunchi::discord::rest
