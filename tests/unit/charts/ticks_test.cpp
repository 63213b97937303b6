#include "charts/ticks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::charts {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Ticks, AreRoundNumbersInsideOfTheRange) {
    EXPECT_THAT(ticks(0, 1, 5), ElementsAre(0, DoubleNear(0.2, 1e-12), DoubleNear(0.4, 1e-12),
                                            DoubleNear(0.6, 1e-12), DoubleNear(0.8, 1e-12), 1));
    EXPECT_THAT(ticks(0, 2.4, 4), ElementsAre(0, 1, 2));
    EXPECT_THAT(ticks(0, 0.3, 3),
                ElementsAre(0, DoubleNear(0.1, 1e-12), DoubleNear(0.2, 1e-12), DoubleNear(0.3, 1e-12)));
    EXPECT_THAT(ticks(3, 41, 4), ElementsAre(10, 20, 30, 40));
}

TEST(Ticks, AreNeverMoreThanWishedForPlusOne) {
    for (double high = 0.013; high < 1000; high *= 1.37) EXPECT_LE(ticks(0, high, 5).size(), 6U) << high;
}

TEST(WholeTicks, AreWhole) {
    EXPECT_THAT(whole_ticks(1, 5, 10), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(whole_ticks(1, 1, 10), ElementsAre(1));
    EXPECT_THAT(whole_ticks(1, 12, 10), ElementsAre(2, 4, 6, 8, 10, 12));
    EXPECT_THAT(whole_ticks(1, 1000, 10), SizeIs(10));
}

}  // namespace
}  // namespace nunchi::charts
