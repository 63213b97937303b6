#include "trainer/selective.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/trainer/small_answers.hpp"

namespace nunchi::trainer {
namespace {

using testing::answer;

TEST(SelectiveAccuracy, CountsTheMostConfidentRows) {
    const std::vector answers{answer(0.2F, false), answer(0.9F, true), answer(0.4F, true),
                              answer(0.7F, false)};

    const auto points = selective_accuracy(answers);

    ASSERT_EQ(points.size(), 4U);
    EXPECT_DOUBLE_EQ(points[0].coverage, 1);
    EXPECT_DOUBLE_EQ(points[0].accuracy, 0.5);
    EXPECT_EQ(points[1].rows, 3);
    EXPECT_DOUBLE_EQ(points[1].accuracy, 2.0 / 3);
    EXPECT_DOUBLE_EQ(points[2].accuracy, 0.5);
    EXPECT_FLOAT_EQ(static_cast<float>(points[2].least_confidence), 0.7F);
    EXPECT_DOUBLE_EQ(points[3].coverage, 0.25);
    EXPECT_DOUBLE_EQ(points[3].accuracy, 1);
}

TEST(SelectiveAccuracy, OfEqualConfidencesTheFirstRowsCount) {
    const std::vector answers{answer(0.5F, true), answer(0.5F, false), answer(0.5F, false),
                              answer(0.5F, false)};

    EXPECT_DOUBLE_EQ(selective_accuracy(answers)[3].accuracy, 1);
}

TEST(SelectiveAccuracy, OfNoRowsIsZero) {
    for (const auto& point : selective_accuracy({})) EXPECT_DOUBLE_EQ(point.accuracy, 0);
}

TEST(Abstention, IsWhatTheThresholdsLeave) {
    std::vector answers{answer(0.9F, true), answer(0.8F, true), answer(0.7F, false), answer(0.3F, true)};
    answers[1].is_given = answers[3].is_given = false;

    const auto abstention = abstention_of(answers);

    EXPECT_DOUBLE_EQ(abstention.answered, 0.5);
    EXPECT_DOUBLE_EQ(abstention.accuracy, 0.5);
    EXPECT_DOUBLE_EQ(abstention_of({}).answered, 0);
}

}  // namespace
}  // namespace nunchi::trainer
