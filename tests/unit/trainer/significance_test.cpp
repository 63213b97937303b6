// Expected values: scipy 1.17.1, binomtest(min(b, c), b + c).pvalue and chi2.sf((|b − c| − 1)² / (b + c), 1).
// The bootstrap's intervals are compared with scipy.stats.bootstrap in tests/oracle/evaluation_test.py.
#include "trainer/significance.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nunchi::trainer {
namespace {

using api::Emotion;
using Emotions = std::vector<api::Emotion>;

struct Rows {
    Emotions truth;
    Emotions model;
    Emotions against;

    PairedAnswers paired() const { return {.truth = truth, .model = model, .against = against}; }

    void add(int count, bool model_is_right, bool against_is_right) {
        for (int i = 0; i < count; ++i) {
            truth.push_back(Emotion::fear);
            model.push_back(model_is_right ? Emotion::fear : Emotion::anger);
            against.push_back(against_is_right ? Emotion::fear : Emotion::anger);
        }
    }
};

Rows rows(int only_model, int only_against) {
    Rows made;
    made.add(50, true, true);
    made.add(only_model, true, false);
    made.add(only_against, false, true);
    made.add(10, false, false);
    return made;
}

TEST(McNemar, IsExactForFewRows) {
    const auto result = mcnemar_of(rows(9, 2).paired());

    EXPECT_TRUE(result.is_exact);
    EXPECT_EQ(result.only_model, 9);
    EXPECT_EQ(result.only_against, 2);
    EXPECT_NEAR(result.p_value, 0.0654296875, 1e-12);
    EXPECT_NEAR(mcnemar_of(rows(2, 22).paired()).p_value, 3.588199615478516e-05, 1e-15);
}

TEST(McNemar, IsChiSquareFrom25RowsOn) {
    const auto result = mcnemar_of(rows(20, 5).paired());

    EXPECT_FALSE(result.is_exact);
    EXPECT_NEAR(result.statistic, 7.84, 1e-12);
    EXPECT_NEAR(result.p_value, 0.0051102606608553815, 1e-12);
}

TEST(McNemar, OfEqualModelsShowsNothing) {
    EXPECT_DOUBLE_EQ(mcnemar_of(rows(0, 0).paired()).p_value, 1);
    EXPECT_DOUBLE_EQ(mcnemar_of(rows(12, 12).paired()).p_value, 1);
    EXPECT_GT(mcnemar_of(rows(30, 30).paired()).p_value, 0.85);
}

TEST(Bootstrap, BracketsTheDifference) {
    const auto made = rows(30, 10);

    const auto differences = bootstrap_differences(made.paired(), {.resamples = 2000, .seed = 34});

    EXPECT_NEAR(differences.accuracy.value, 0.2, 1e-12);
    EXPECT_LT(differences.accuracy.low, 0.2);
    EXPECT_GT(differences.accuracy.low, 0);
    EXPECT_GT(differences.accuracy.high, 0.2);
    EXPECT_TRUE(differences.accuracy.is_clear());
    EXPECT_FALSE(bootstrap_differences(rows(12, 10).paired(), {.resamples = 2000}).accuracy.is_clear());
}

TEST(Bootstrap, IsTheSameForTheSameSeed) {
    const auto made = rows(13, 9);

    const auto first = bootstrap_differences(made.paired(), {.resamples = 500, .seed = 1});
    const auto again = bootstrap_differences(made.paired(), {.resamples = 500, .seed = 1});
    const auto other = bootstrap_differences(made.paired(), {.resamples = 500, .seed = 2});

    EXPECT_EQ(first.macro_f1.low, again.macro_f1.low);
    EXPECT_NE(first.macro_f1.low, other.macro_f1.low);
}

TEST(Bootstrap, OfOneModelWithItselfIsZero) {
    auto made = rows(20, 5);
    made.against = made.model;

    const auto differences = bootstrap_differences(made.paired(), {.resamples = 100});

    EXPECT_EQ(differences.accuracy.low, 0);
    EXPECT_EQ(differences.macro_f1.high, 0);
    EXPECT_EQ(bootstrap_differences({}).accuracy.high, 0);
}

}  // namespace
}  // namespace nunchi::trainer
