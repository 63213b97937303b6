#include "trainer/reliability.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/trainer/small_answers.hpp"

namespace nunchi::trainer {
namespace {

using testing::answer;

TEST(Reliability, WeighsEachBinsGapByItsRows) {
    // Bins of 1/15: 0.95 and 0.97 are in the last, 0.41 and 0.45 in (0.4, 0.4667].
    const std::vector answers{answer(0.95F, true), answer(0.97F, true), answer(0.41F, false),
                              answer(0.45F, true)};

    const auto reliability = reliability_of(answers);

    EXPECT_NEAR(reliability.ece, (2 * (1 - 0.96) + 2 * (0.5 - 0.43)) / 4, 1e-6);
    ASSERT_EQ(reliability.bins.size(), 15U);
    EXPECT_EQ(reliability.bins[14].rows, 2);
    EXPECT_NEAR(reliability.bins[14].confidence, 0.96, 1e-6);
    EXPECT_DOUBLE_EQ(reliability.bins[14].accuracy, 1);
    EXPECT_EQ(reliability.bins[6].rows, 2);
    EXPECT_DOUBLE_EQ(reliability.bins[6].accuracy, 0.5);
    EXPECT_EQ(reliability.bins[0].rows, 0);
}

TEST(Reliability, ABinHoldsItsUpperEnd) {
    EXPECT_EQ(reliability_of(std::vector{answer(1, true)}).bins[14].rows, 1);
    EXPECT_EQ(reliability_of(std::vector{answer(0.2F, true)}).bins[3].rows, 1);  // float 0.2 is above 3/15
}

TEST(Reliability, OfNoRowsIsPerfect) {
    EXPECT_DOUBLE_EQ(reliability_of({}).ece, 0);
}

}  // namespace
}  // namespace nunchi::trainer
