#include "classifier/calibration/calibration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <numeric>

namespace nunchi::calibration {
namespace {

using api::Emotion;
using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;
using Logits = std::array<float, api::kEmotionCount>;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kMax = std::numeric_limits<float>::max();

constexpr Logits kLogits{1.5F, -0.25F, 0.75F, 2.0F, 0.0F, -1.0F, 0.5F};

api::Prediction applied(const Calibration& calibration, const Logits& logits) {
    api::Prediction prediction;
    apply(calibration, logits, prediction);
    return prediction;
}

double total(const api::Prediction& prediction) {
    return std::accumulate(prediction.probabilities.begin(), prediction.probabilities.end(), 0.0);
}

auto near(float value) {
    return FloatNear(value, 1e-7F);
}

// The expected probabilities of the first three tests were computed with numpy in float64:
//   x = logits / temperature; e = exp(x - x.max()); e / e.sum()

TEST(Calibration, GivesTheSoftmaxOfTheLogitsByDefault) {
    EXPECT_THAT(applied({}, kLogits).probabilities,
                ElementsAre(near(0.252018900F), near(0.043794318F), near(0.119045299F), near(0.415508922F),
                            near(0.056233018F), near(0.020686971F), near(0.092712572F)));
}

TEST(Calibration, SharpensBelowTemperatureOne) {
    EXPECT_THAT(applied({.temperature = 0.5F}, kLogits).probabilities,
                ElementsAre(near(0.240184288F), near(0.007252937F), near(0.053592359F), near(0.652888587F),
                            near(0.011958072F), near(0.001618349F), near(0.032505409F)));
}

TEST(Calibration, FlattensAboveTemperatureOne) {
    EXPECT_THAT(applied({.temperature = 2.5F}, kLogits).probabilities,
                ElementsAre(near(0.198183945F), near(0.098415235F), near(0.146818278F), near(0.242062417F),
                            near(0.108765655F), near(0.072907799F), near(0.132846671F)));
}

TEST(Calibration, LabelsWithTheMostProbableEmotion) {
    EXPECT_EQ(applied({}, kLogits).label, Emotion::sadness);
}

TEST(Calibration, LabelsATieWithTheFirstEmotion) {
    const Logits tie{0.0F, 3.0F, 0.0F, 0.0F, 3.0F, 3.0F, 0.0F};

    EXPECT_EQ(applied({}, tie).label, Emotion::surprise);
}

TEST(Calibration, AbstainsBelowTheThresholdOfTheMostProbableEmotionOnly) {
    // Two logits of ln 3 apart and five far away: the probabilities are 0.75 and 0.25.
    const Logits logits{-200.0F, -200.0F, 1.0986123F, -200.0F, 0.0F, -200.0F, -200.0F};
    Calibration strict;
    strict.thresholds[api::index_of(Emotion::anger)] = 0.76F;
    Calibration lenient;
    lenient.thresholds.fill(1.0F);
    lenient.thresholds[api::index_of(Emotion::anger)] = 0.74F;

    EXPECT_EQ(applied(strict, logits).label, std::nullopt);
    EXPECT_EQ(applied(strict, logits).top(), Emotion::anger);
    EXPECT_EQ(applied(lenient, logits).label, Emotion::anger);
}

TEST(Calibration, LabelsAProbabilityThatEqualsItsThreshold) {
    // Two equal logits and five whose exponential is zero: 0.5 each, exactly.
    const Logits logits{-kMax, 0.0F, -kMax, 0.0F, -kMax, -kMax, -kMax};
    Calibration calibration;
    calibration.thresholds.fill(0.5F);

    EXPECT_EQ(applied(calibration, logits).label, Emotion::surprise);
}

TEST(Calibration, ReplacesTheLabelOfAnEarlierUse) {
    Calibration calibration;
    calibration.thresholds.fill(1.0F);
    api::Prediction prediction;
    prediction.label = Emotion::happiness;

    apply(calibration, kLogits, prediction);

    EXPECT_EQ(prediction.label, std::nullopt);
}

TEST(Calibration, NeitherOverflowsNorLosesTheSumForExtremeLogits) {
    const Logits extreme{kMax, -kMax, 0.0F, 1e30F, -1e30F, 88.8F, -88.8F};
    const Logits all_largest{kMax, kMax, kMax, kMax, kMax, kMax, kMax};
    const Logits all_lowest{-kMax, -kMax, -kMax, -kMax, -kMax, -kMax, -kMax};

    for (const float temperature : {0.011F, 1.0F, 99.0F}) {
        const Calibration calibration{.temperature = temperature};
        EXPECT_EQ(applied(calibration, extreme).probabilities[0], 1.0F);
        EXPECT_NEAR(total(applied(calibration, extreme)), 1.0, 1e-6);
        EXPECT_NEAR(total(applied(calibration, all_largest)), 1.0, 1e-6);
        EXPECT_NEAR(total(applied(calibration, all_lowest)), 1.0, 1e-6);
    }
}

TEST(CalibrationValues, AreKeptWhenTheyLieInTheirRanges) {
    Calibration calibration{.temperature = 1.7F};
    calibration.thresholds[0] = 0.0F;
    calibration.thresholds[6] = 1.0F;

    const auto kept = validated(calibration);

    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->temperature, 1.7F);
    EXPECT_EQ(kept->thresholds, calibration.thresholds);
}

TEST(CalibrationValues, AreRefusedWithATemperatureOutOfRange) {
    for (const float temperature : {0.0F, -1.0F, 0.01F, 100.0F, kInfinity, kNaN}) {
        const auto refused = validated({.temperature = temperature});
        ASSERT_FALSE(refused) << temperature;
        EXPECT_EQ(refused.error().code, api::errc::bad_format);
        EXPECT_THAT(refused.error().message, HasSubstr("calibration.temperature"));
    }
}

TEST(CalibrationValues, AreRefusedWithTheNameOfTheThresholdOutOfRange) {
    for (const float threshold : {-0.001F, 1.001F, kInfinity, kNaN}) {
        Calibration calibration;
        calibration.thresholds[api::index_of(Emotion::happiness)] = threshold;
        const auto refused = validated(calibration);
        ASSERT_FALSE(refused) << threshold;
        EXPECT_EQ(refused.error().code, api::errc::bad_format);
        EXPECT_THAT(refused.error().message, HasSubstr("calibration.thresholds.happiness"));
    }
}

}  // namespace
}  // namespace nunchi::calibration
