#include "adapters/net/backoff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace nunchi::net {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

constexpr BackoffOptions kSteady{
    .first = milliseconds(100), .most = milliseconds(1000), .factor = 2, .jitter = 0};

std::vector<milliseconds> waits(Backoff& backoff, int count) {
    std::vector<milliseconds> drawn;
    for (int i = 0; i < count; ++i) drawn.push_back(backoff.next());
    return drawn;
}

TEST(Backoff, GrowsByItsFactorUpToTheMost) {
    Backoff backoff(kSteady, 1);

    EXPECT_THAT(waits(backoff, 6), ElementsAre(milliseconds(100), milliseconds(200), milliseconds(400),
                                               milliseconds(800), milliseconds(1000), milliseconds(1000)));
}

TEST(Backoff, StartsAnewAfterReset) {
    Backoff backoff(kSteady, 1);
    waits(backoff, 4);

    backoff.reset();

    EXPECT_EQ(backoff.next(), milliseconds(100));
}

TEST(Backoff, DrawsEachWaitFromTheUpperPartOfTheStep) {
    Backoff backoff(
        {.first = milliseconds(10'000), .most = milliseconds(10'000), .factor = 2, .jitter = 0.25}, 7);
    milliseconds least = milliseconds::max();
    milliseconds most = milliseconds::min();

    for (const milliseconds wait : waits(backoff, 1000)) {
        least = std::min(least, wait);
        most = std::max(most, wait);
    }

    EXPECT_GE(least, milliseconds(7500));
    EXPECT_LT(least, milliseconds(7600));
    EXPECT_LE(most, milliseconds(10'000));
    EXPECT_GT(most, milliseconds(9900));
}

TEST(Backoff, GivesTheSameWaitsForTheSameSeed) {
    Backoff first({}, 42);
    Backoff second({}, 42);
    Backoff other({}, 43);

    const auto expected = waits(first, 10);

    EXPECT_EQ(waits(second, 10), expected);
    EXPECT_NE(waits(other, 10), expected);
}

TEST(Backoff, NeverOverflows) {
    Backoff backoff(
        {.first = milliseconds::max() / 2, .most = milliseconds::max() / 2, .factor = 1e300, .jitter = 0.5},
        1);

    for (const milliseconds wait : waits(backoff, 50)) EXPECT_GE(wait, milliseconds::max() / 4);
}

TEST(Backoff, TakesSettingsWithoutSenseForTheNearestThatHaveSome) {
    Backoff backoff({.first = milliseconds(500), .most = milliseconds(200), .factor = 0.1, .jitter = 7}, 1);

    for (const milliseconds wait : waits(backoff, 50)) {
        EXPECT_GE(wait, milliseconds(0));
        EXPECT_LE(wait, milliseconds(200));
    }
}

}  // namespace
}  // namespace nunchi::net
