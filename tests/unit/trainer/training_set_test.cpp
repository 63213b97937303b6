#include "trainer/training_set.hpp"

#include <gtest/gtest.h>

namespace nunchi::trainer {
namespace {

TEST(InputHealth, NoticesTheConstantInputOfAMisusedTokenizer) {
    TrainingSet set;
    for (int row = 0; row < 100; ++row) set.ids.push_back({2, 0, 0, 0, 3});

    const auto health = input_health(set);

    EXPECT_DOUBLE_EQ(health.distinct_share, 0.01);
    EXPECT_DOUBLE_EQ(health.unknown_share, 1.0);
    const auto checked = check_health(health);
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().message.find("고유 입력 1.0 %"), std::string::npos);
}

TEST(InputHealth, AcceptsDifferentSentencesWithAnUnknownPieceNowAndThen) {
    TrainingSet set;
    for (int row = 0; row < 100; ++row) set.ids.push_back({2, 10 + row, 11, 12, 13, row == 0 ? 0 : 14, 3});

    const auto health = input_health(set);

    EXPECT_DOUBLE_EQ(health.distinct_share, 1.0);
    EXPECT_NEAR(health.unknown_share, 1.0 / 500, 1e-12);
    EXPECT_TRUE(check_health(health));
}

TEST(InputHealth, RefusesAVocabularyThatDoesNotKnowTheText) {
    EXPECT_FALSE(check_health({.distinct_share = 1.0, .unknown_share = 0.21}));
}

TEST(InputHealth, AcceptsHalfOfTheRowsDistinctAndAFifthUnknown) {
    EXPECT_TRUE(check_health({.distinct_share = 0.5, .unknown_share = 0.2}));
    EXPECT_FALSE(check_health({.distinct_share = 0.49, .unknown_share = 0}));
}

TEST(TrainingSet, SelectsRowsInTheirNewOrder) {
    const TrainingSet set{.ids = {{2, 10, 3}, {2, 11, 12, 3}, {2, 13, 14, 15, 3}},
                          .labels = {api::Emotion::fear, api::Emotion::anger, api::Emotion::happiness}};

    const auto selected = select(set, std::vector<std::uint32_t>{2, 0});

    EXPECT_EQ(selected.ids, (std::vector<std::vector<std::int32_t>>{{2, 13, 14, 15, 3}, {2, 10, 3}}));
    EXPECT_EQ(selected.labels, (std::vector{api::Emotion::happiness, api::Emotion::fear}));
    EXPECT_EQ(selected.lengths(), (std::vector<std::size_t>{5, 3}));
}

}  // namespace
}  // namespace nunchi::trainer
