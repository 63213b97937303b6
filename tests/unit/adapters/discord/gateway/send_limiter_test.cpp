#include "adapters/discord/gateway/send_limiter.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;

constexpr SendLimiter::TimePoint kStart{};

int count_permits(SendLimiter& limiter, SendLimiter::TimePoint at) {
    int count = 0;
    while (limiter.try_send(at)) ++count;
    return count;
}

TEST(GatewaySendLimiter, KeepsThreePermitsForTheUsualHeartbeats) {
    SendLimiter limiter(41'250ms);
    EXPECT_EQ(count_permits(limiter, kStart), 117);
}

TEST(GatewaySendLimiter, KeepsMoreForAFasterHeart) {
    SendLimiter limiter(10s);
    EXPECT_EQ(count_permits(limiter, kStart), 120 - 7);
    SendLimiter mad(1ms);
    EXPECT_EQ(count_permits(mad, kStart), 0);
}

TEST(GatewaySendLimiter, SlidesItsWindow) {
    SendLimiter limiter(41'250ms);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(limiter.try_send(kStart));
    EXPECT_EQ(count_permits(limiter, kStart + 59s), 17);
    EXPECT_EQ(count_permits(limiter, kStart + 59'999ms), 0);
    EXPECT_EQ(count_permits(limiter, kStart + 60s), 100);
    EXPECT_EQ(count_permits(limiter, kStart + 119s), 17);
}

TEST(GatewaySendLimiter, CountsWhatItDoesNotHoldBack) {
    SendLimiter limiter(41'250ms);
    for (int i = 0; i < 5; ++i) limiter.send(kStart);
    EXPECT_EQ(count_permits(limiter, kStart), 112);
}

}  // namespace
}  // namespace nunchi::discord::gateway
