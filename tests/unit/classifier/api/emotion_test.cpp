#include "classifier/api/emotion.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::api {
namespace {

TEST(Emotion, KeepsTheOrderOfTheOriginalNotebook) {
    std::string names;
    for (const Emotion emotion : kEmotions) names += std::string(korean_name(emotion)) + " ";

    EXPECT_EQ(names, "공포 놀람 분노 슬픔 중립 행복 혐오 ");
}

TEST(Emotion, TakesTheParticleOfItsFinalConsonant) {
    EXPECT_EQ(with_subject_particle(Emotion::fear), "공포가");
    EXPECT_EQ(with_subject_particle(Emotion::surprise), "놀람이");
    EXPECT_EQ(with_subject_particle(Emotion::disgust), "혐오가");
}

TEST(Emotion, IsFoundByKoreanAndByEnglishName) {
    EXPECT_EQ(emotion_named("슬픔"), Emotion::sadness);
    EXPECT_EQ(emotion_named("Happiness"), Emotion::happiness);
    EXPECT_EQ(emotion_named("joy"), std::nullopt);
    EXPECT_EQ(emotion_named(""), std::nullopt);
}

}  // namespace
}  // namespace nunchi::api
