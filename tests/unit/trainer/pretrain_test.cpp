#include "trainer/pretrain.hpp"

#include <gtest/gtest.h>

#include "tests/unit/trainer/small_corpus.hpp"

namespace nunchi::trainer {
namespace {

TEST(Mask, HidesTheAskedShareAndNeverASpecialToken) {
    std::vector<std::vector<std::int32_t>> sentences(500, {2, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 3});
    std::vector<const std::vector<std::int32_t>*> pointers;
    for (const auto& sentence : sentences) pointers.push_back(&sentence);
    std::mt19937 random(3);

    const auto masked = mask(pointers, 60, 0.15, random);

    std::size_t replaced_by_mask = 0;
    for (std::size_t i = 0; i < masked.rows.size(); ++i) {
        const auto row = static_cast<std::size_t>(masked.rows[i]);
        EXPECT_EQ(masked.targets[i], sentences[row / 12][row % 12]);
        replaced_by_mask += masked.ids[row / 12][row % 12] == 4 ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(masked.rows.size()) / 5000, 0.15, 0.02);
    EXPECT_NEAR(static_cast<double>(replaced_by_mask) / static_cast<double>(masked.rows.size()), 0.8, 0.05);
    for (const auto& ids : masked.ids) {
        EXPECT_EQ(ids.front(), 2);
        EXPECT_EQ(ids.back(), 3);
    }
}

TEST(Pretrain, LearnsToFillGapsAndToRate) {
    auto config = tiny_config();
    config.labels.clear();
    auto weights = model::empty_weights(config);
    initialise(weights, config, 1);
    Corpus corpus;
    for (int row = 0; row < 600; ++row) {
        // One word four times, so that what is hidden can be read elsewhere.
        const std::int32_t word = 10 + row % 8;
        corpus.ids.push_back({2, word, word, word, word, 3});
        corpus.ratings.push_back(row % 8 < 4 ? 0 : 9);
    }
    std::vector<double> losses;

    const auto result = pretrain(
        weights, config, corpus,
        {.epochs = 8, .batch_size = 20, .learning_rate = 5e-3, .dropout = {}, .adamw = {}},
        [&](const FitProgress& progress) { losses.push_back(progress.loss); }, [] { return false; });

    ASSERT_TRUE(result);
    EXPECT_EQ(result->updates, 240);
    EXPECT_GT(losses.front(), 3.5);       // ln 60 = 4.1: nothing is known
    EXPECT_LT(result->masked_loss, 2.0);  // a mean over the last 200 updates
    EXPECT_LT(result->rating_loss, 1.0);  // ln 10 = 2.3 at the start
    EXPECT_FALSE(weights.classifier.weight.defined());
}

}  // namespace
}  // namespace nunchi::trainer
