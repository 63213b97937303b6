#include "trainer/calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/unit/trainer/small_answers.hpp"

namespace nunchi::trainer {
namespace {

using api::Emotion;
using testing::answer;

float threshold_of(const std::vector<Answer>& answers, double precision) {
    return fit_thresholds(answers, precision)[api::index_of(Emotion::anger)];
}

TEST(Temperature, MakesTheConfidenceTheShareOfRightAnswers) {
    // Ten times the same logits, eight of them right: softmax([s, 0, …]) = 0.8 where s = log(4 × 6) = log 24.
    const std::vector<Logits> logits(10, Logits{8, 0, 0, 0, 0, 0, 0});
    std::vector truth(10, Emotion::fear);
    truth[0] = truth[1] = Emotion::disgust;

    EXPECT_NEAR(fit_temperature(logits, truth), 8 / std::log(24), 1e-9);
}

TEST(Temperature, LowersTheLikelihoodOnBothSides) {
    const std::vector<Logits> logits{{4, 1, 0, 0, 0, 0, 0}, {0, 3, 2, 0, 0, 0, 0}, {1, 0, 0, 5, 2, 0, 0}};
    const std::vector truth{Emotion::fear, Emotion::anger, Emotion::sadness};

    const double best = fit_temperature(logits, truth);

    EXPECT_LT(negative_log_likelihood(logits, truth, best),
              negative_log_likelihood(logits, truth, best * 1.01));
    EXPECT_LT(negative_log_likelihood(logits, truth, best),
              negative_log_likelihood(logits, truth, best / 1.01));
}

TEST(Temperature, StaysWithinItsLimits) {
    const std::vector<Logits> logits{{1, 0, 0, 0, 0, 0, 0}};

    EXPECT_NEAR(fit_temperature(logits, std::vector{Emotion::fear}), kLeastTemperature, 1e-9);
    EXPECT_NEAR(fit_temperature(logits, std::vector{Emotion::disgust}), kMostTemperature, 1e-9);
    EXPECT_DOUBLE_EQ(fit_temperature({}, {}), 1);
}

TEST(Temperature, LikelihoodOfALikelyLabelIsSmall) {
    const std::vector<Logits> logits{{1000, 0, 0, 0, 0, 0, 0}};

    EXPECT_DOUBLE_EQ(negative_log_likelihood(logits, std::vector{Emotion::fear}, 1), 0);
    EXPECT_DOUBLE_EQ(negative_log_likelihood(logits, std::vector{Emotion::anger}, 2), 500);
    EXPECT_NEAR(negative_log_likelihood(std::vector{Logits{}}, std::vector{Emotion::anger}, 1), std::log(7),
                1e-12);
}

TEST(Thresholds, AreTheSmallestConfidenceThatReachesThePrecision) {
    const std::vector answers{answer(0.9F, true), answer(0.8F, true),  answer(0.7F, false),
                              answer(0.6F, true), answer(0.5F, false), answer(0.4F, false)};

    // From the top 1/1, 2/2, 2/3, 3/4, 3/5, 3/6 are right; a threshold lies halfway to the next confidence.
    EXPECT_FLOAT_EQ(threshold_of(answers, 1.0), 0.75F);
    EXPECT_FLOAT_EQ(threshold_of(answers, 0.75), 0.55F);
    EXPECT_FLOAT_EQ(threshold_of(answers, 0.6), 0.45F);
    EXPECT_FLOAT_EQ(threshold_of(answers, 0.5), 0);
}

TEST(Thresholds, TakeConfidencesTogetherThatRoundingCouldSwap) {
    const std::vector answers{answer(0.9F, true), answer(0.80001F, true), answer(0.8F, false),
                              answer(0.2F, false)};

    EXPECT_NEAR(threshold_of(answers, 0.9), 0.85, 1e-4);  // not between 0.80001 and 0.8
}

TEST(Thresholds, AreFittedForEachEmotionByItself) {
    const std::vector answers{answer(0.9F, false, Emotion::disgust), answer(0.8F, true, Emotion::disgust),
                              answer(0.7F, true, Emotion::happiness), answer(0.3F, false, Emotion::happiness),
                              answer(0.6F, false, Emotion::neutral)};

    const auto thresholds = fit_thresholds(answers, 0.6);

    EXPECT_FLOAT_EQ(thresholds[api::index_of(Emotion::disgust)], 1);  // out of reach
    EXPECT_FLOAT_EQ(thresholds[api::index_of(Emotion::neutral)], 1);  // out of reach
    EXPECT_FLOAT_EQ(thresholds[api::index_of(Emotion::happiness)], 0.5F);
    EXPECT_FLOAT_EQ(thresholds[api::index_of(Emotion::fear)], 0);  // never answered
}

}  // namespace
}  // namespace nunchi::trainer
