#include "adapters/discord/gateway/watermark.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using Arrival = Watermark::Arrival;

TEST(GatewayWatermark, IsNothingBeforeAnythingWasHandled) {
    Watermark watermark;
    watermark.arrive(1);
    EXPECT_EQ(watermark.value(), std::nullopt);
    watermark.handle(1);
    EXPECT_EQ(watermark.value(), 1);
}

TEST(GatewayWatermark, TakesZeroForASequence) {
    Watermark watermark;
    watermark.arrive(0);
    watermark.handle(0);
    EXPECT_EQ(watermark.value(), 0);
}

TEST(GatewayWatermark, StaysBelowWhatIsNotHandled) {
    Watermark watermark(5);
    for (Sequence s = 6; s <= 9; ++s) EXPECT_EQ(watermark.arrive(s), Arrival::expected);
    watermark.handle(9);
    watermark.handle(7);
    EXPECT_EQ(watermark.value(), 5);
    watermark.handle(6);
    EXPECT_EQ(watermark.value(), 7);
    watermark.handle(8);
    EXPECT_EQ(watermark.value(), 9);
}

TEST(GatewayWatermark, KnowsWhatARepeatNeeds) {
    Watermark watermark(5);
    watermark.arrive(6);
    watermark.arrive(7);
    watermark.handle(7);
    EXPECT_EQ(watermark.arrive(5), Arrival::handled);
    EXPECT_EQ(watermark.arrive(6), Arrival::repeated);
    EXPECT_EQ(watermark.arrive(7), Arrival::handled);
    watermark.handle(6);
    EXPECT_EQ(watermark.arrive(6), Arrival::handled);
    EXPECT_EQ(watermark.value(), 7);
}

TEST(GatewayWatermark, TellsOfAGapOnce) {
    Watermark watermark(5);
    EXPECT_EQ(watermark.arrive(8), Arrival::gap);
    EXPECT_EQ(watermark.arrive(9), Arrival::expected);
    watermark.handle(8);
    EXPECT_EQ(watermark.value(), 8);
    EXPECT_EQ(watermark.arrive(11), Arrival::gap);
}

TEST(GatewayWatermark, TakesWhatComesLateIntoAGap) {
    Watermark watermark(5);
    watermark.arrive(8);
    EXPECT_EQ(watermark.arrive(6), Arrival::expected);
    watermark.handle(8);
    EXPECT_EQ(watermark.value(), 5);
    watermark.handle(6);
    EXPECT_EQ(watermark.value(), 8);
}

TEST(GatewayWatermark, PassesOverSequencesThatNeverCame) {
    Watermark watermark(5);
    watermark.handle(17);
    watermark.handle(3);
    EXPECT_EQ(watermark.value(), 5);
}

TEST(GatewayWatermark, GivesUpWhatTooManyOvertook) {
    Watermark watermark(0);
    watermark.arrive(1);
    const auto last = static_cast<Sequence>(Watermark::kMostPending);
    for (Sequence s = 2; s <= last; ++s) {
        watermark.arrive(s);
        watermark.handle(s);
    }
    EXPECT_EQ(watermark.value(), 0);
    EXPECT_EQ(watermark.abandoned(), 0U);
    watermark.arrive(last + 1);
    EXPECT_EQ(watermark.value(), last);
    EXPECT_EQ(watermark.abandoned(), 1U);
}

}  // namespace
}  // namespace nunchi::discord::gateway
