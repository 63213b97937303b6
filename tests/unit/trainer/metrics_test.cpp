// Expected values: scikit-learn 1.9.1, accuracy_score, f1_score(average="macro") and
// precision_recall_fscore_support(zero_division=0) on the same labels.
#include "trainer/metrics.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nunchi::trainer {
namespace {

std::vector<api::Emotion> emotions(const std::vector<std::size_t>& ids) {
    std::vector<api::Emotion> list;
    for (const auto id : ids) list.push_back(api::kEmotions[id]);
    return list;
}

TEST(Metrics, EqualScikitLearn) {
    const auto metrics =
        measure(emotions({0, 0, 1, 2, 2, 2, 4, 5, 5, 6}), emotions({0, 1, 1, 2, 5, 2, 4, 5, 0, 0}));

    EXPECT_EQ(metrics.rows, 10);
    EXPECT_DOUBLE_EQ(metrics.accuracy, 0.6);
    EXPECT_NEAR(metrics.macro_f1, 0.5611111111111111, 1e-12);
    EXPECT_NEAR(metrics.classes[0].precision, 0.33333333, 1e-8);
    EXPECT_NEAR(metrics.classes[2].recall, 0.66666667, 1e-8);
    EXPECT_NEAR(metrics.classes[1].f1, 0.66666667, 1e-8);
    EXPECT_DOUBLE_EQ(metrics.classes[6].precision, 0);  // never predicted
    EXPECT_DOUBLE_EQ(metrics.classes[6].f1, 0);
    EXPECT_DOUBLE_EQ(metrics.classes[3].recall, 0);  // never true
    EXPECT_EQ(metrics.classes[2].support, 3);
    EXPECT_EQ(metrics.confusion[2][5], 1);
}

TEST(Metrics, OfNoRowsAreZero) {
    const auto metrics = measure({}, {});

    EXPECT_EQ(metrics.rows, 0);
    EXPECT_DOUBLE_EQ(metrics.macro_f1, 0);
}

}  // namespace
}  // namespace nunchi::trainer
