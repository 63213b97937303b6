#include "trainer/answers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace nunchi::trainer {
namespace {

using api::Emotion;

TEST(Answers, AreWhatTheCalibratedModelServes) {
    const std::vector<Logits> logits{{2, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 4, 0}};
    const std::vector truth{Emotion::fear, Emotion::disgust};
    calibration::Calibration calibration{.temperature = 2, .thresholds = {}};
    calibration.thresholds[api::index_of(Emotion::fear)] = 0.5F;

    const auto answers = answers_of(logits, truth, calibration);

    // softmax([1, 0, 0, 0, 0, 0, 0]) and softmax([2, 0, …])
    EXPECT_NEAR(answers[0].confidence, std::exp(1) / (std::exp(1) + 6), 1e-6);
    EXPECT_NEAR(answers[1].confidence, std::exp(2) / (std::exp(2) + 6), 1e-6);
    EXPECT_FALSE(answers[0].is_given);
    EXPECT_TRUE(answers[1].is_given);
    EXPECT_TRUE(answers[0].is_right());
    EXPECT_FALSE(answers[1].is_right());
    EXPECT_EQ(emotions_of(answers), (std::vector{Emotion::fear, Emotion::happiness}));
}

TEST(Answers, CountTheLabelAmongTheMostProbable) {
    const std::vector<Logits> logits{{3, 2, 1, 0, 0, 0, 0}, {3, 2, 1, 0, 0, 0, 0}, {3, 2, 1, 0, 0, 0, 0}};
    const std::vector truth{Emotion::fear, Emotion::surprise, Emotion::anger};
    const auto answers = answers_of(logits, truth, {});

    EXPECT_DOUBLE_EQ(top_accuracy(answers, 1), 1.0 / 3);
    EXPECT_DOUBLE_EQ(top_accuracy(answers, 2), 2.0 / 3);
    EXPECT_DOUBLE_EQ(top_accuracy(answers, 3), 1);
}

TEST(Answers, OfEqualProbabilitiesTheFirstComesFirst) {
    const std::vector<Logits> logits{Logits{}, Logits{}, Logits{}};
    const auto answers =
        answers_of(logits, std::vector{Emotion::fear, Emotion::surprise, Emotion::anger}, {});

    EXPECT_DOUBLE_EQ(top_accuracy(answers, 2), 2.0 / 3);
}

TEST(Answers, OfNoRowsAreWorthNothing) {
    EXPECT_DOUBLE_EQ(top_accuracy({}, 2), 0);
}

}  // namespace
}  // namespace nunchi::trainer
