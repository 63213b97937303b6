#include "adapters/discord/gateway/heart.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using Verdict = Heart::Verdict;

constexpr Heart::TimePoint kStart{};
constexpr Heart::Duration kInterval = 40s;

TEST(GatewayHeart, BeatsFirstAfterTheJitter) {
    EXPECT_EQ(Heart(kInterval, 0.25, kStart).next(), kStart + 10s);
    EXPECT_EQ(Heart(kInterval, 0.0, kStart).next(), kStart);
    EXPECT_LT(Heart(kInterval, 0.9999, kStart).next(), kStart + kInterval);
}

TEST(GatewayHeart, BeatsEveryIntervalAfterwards) {
    Heart heart(kInterval, 0.5, kStart);
    EXPECT_EQ(heart.on_time(kStart + 20s - 1ns), Verdict::not_yet);
    for (int beat = 0; beat < 10; ++beat) {
        const auto due = kStart + 20s + beat * kInterval;
        ASSERT_EQ(heart.next(), due);
        // A timer is always a little late; that must not add up.
        ASSERT_EQ(heart.on_time(due + 30ms), Verdict::beat);
        ASSERT_EQ(heart.on_time(due + 31ms), Verdict::not_yet);
        heart.on_inbound();
    }
}

TEST(GatewayHeart, CallsAPeerDeadThatWasSilentBetweenTwoBeats) {
    Heart heart(kInterval, 0, kStart);
    EXPECT_EQ(heart.on_time(kStart), Verdict::beat);
    EXPECT_EQ(heart.on_time(kStart + kInterval), Verdict::dead);
}

TEST(GatewayHeart, TakesAnyMessageForLife) {
    Heart heart(kInterval, 0, kStart);
    for (int beat = 0; beat < 5; ++beat) {
        ASSERT_EQ(heart.on_time(kStart + beat * kInterval), Verdict::beat);
        heart.on_inbound();
    }
    EXPECT_EQ(heart.on_time(kStart + 5 * kInterval), Verdict::beat);
    EXPECT_EQ(heart.on_time(kStart + 6 * kInterval), Verdict::dead);
}

TEST(GatewayHeart, DoesNotTakeWhatCameBeforeABeatForAnAnswerToIt) {
    Heart heart(kInterval, 0.5, kStart);
    heart.on_inbound();
    EXPECT_EQ(heart.on_time(kStart + 20s), Verdict::beat);
    EXPECT_EQ(heart.on_time(kStart + 60s), Verdict::dead);
}

TEST(GatewayHeart, DoesNotBlameThePeerForItsOwnSleep) {
    Heart heart(kInterval, 0, kStart);
    EXPECT_EQ(heart.on_time(kStart), Verdict::beat);
    EXPECT_EQ(heart.on_time(kStart + 5 * kInterval), Verdict::beat);
    EXPECT_EQ(heart.next(), kStart + 6 * kInterval);
    EXPECT_EQ(heart.on_time(kStart + 6 * kInterval), Verdict::dead);
}

TEST(GatewayHeart, KnowsTheMeanLatencyOfTheLastFive) {
    Heart heart(kInterval, 0, kStart);
    EXPECT_EQ(heart.latency(), std::nullopt);
    for (int beat = 0; beat < 7; ++beat) {
        const auto at = kStart + beat * kInterval;
        heart.on_time(at);
        heart.on_inbound();
        heart.on_acknowledged(at + beat * 10ms);
    }
    EXPECT_EQ(heart.latency(), 40ms);
}

TEST(GatewayHeart, PassesOverAcknowledgementsThatNobodyWaitsFor) {
    Heart heart(kInterval, 0, kStart);
    heart.on_acknowledged(kStart + 5s);
    EXPECT_EQ(heart.latency(), std::nullopt);
    heart.on_time(kStart);
    heart.on_acknowledged(kStart + 100ms);
    heart.on_acknowledged(kStart + 20s);
    EXPECT_EQ(heart.latency(), 100ms);
}

TEST(GatewayHeart, KeepsItsTimeWhenABeatIsAskedFor) {
    Heart heart(kInterval, 0.5, kStart);
    heart.on_requested(kStart + 5s);
    EXPECT_EQ(heart.next(), kStart + 20s);
    EXPECT_EQ(heart.on_time(kStart + 20s), Verdict::beat);
    heart.on_inbound();
    heart.on_requested(kStart + 21s);
    heart.on_requested(kStart + 22s);
    EXPECT_EQ(heart.on_time(kStart + 60s), Verdict::beat);
}

}  // namespace
}  // namespace nunchi::discord::gateway
