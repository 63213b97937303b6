#include "trainer/pretrain.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

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
    std::size_t kept = 0;
    for (std::size_t i = 0; i < masked.rows.size(); ++i) {
        const auto row = static_cast<std::size_t>(masked.rows[i]);
        EXPECT_EQ(masked.targets[i], sentences[row / 12][row % 12]);
        const auto shown = masked.ids[row / 12][row % 12];
        EXPECT_GE(shown, 4);  // [MASK] or a piece
        EXPECT_LT(shown, 60);
        replaced_by_mask += shown == 4 ? 1 : 0;
        kept += shown == masked.targets[i] ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(masked.rows.size()) / 5000, 0.15, 0.02);
    EXPECT_NEAR(static_cast<double>(replaced_by_mask) / static_cast<double>(masked.rows.size()), 0.8, 0.05);
    EXPECT_NEAR(static_cast<double>(kept) / static_cast<double>(masked.rows.size()), 0.1, 0.03);
    for (const auto& ids : masked.ids) {
        EXPECT_EQ(ids.front(), 2);
        EXPECT_EQ(ids.back(), 3);
    }
}

class Pretrain : public ::testing::Test {
protected:
    void SetUp() override { initialise(weights_, config_, 1); }

    static model_folder::BertConfig config_without_head() {
        auto config = tiny_config();
        config.labels.clear();
        return config;
    }

    /// One word four times, so that what is hidden can be read elsewhere.
    static Corpus repeated_words(int rows) {
        Corpus corpus;
        for (int row = 0; row < rows; ++row) {
            const std::int32_t word = 10 + row % 8;
            corpus.ids.push_back({2, word, word, word, word, 3});
            corpus.ratings.push_back(row % 8 < 4 ? 0 : 9);
        }
        return corpus;
    }

    api::outcome<PretrainResult> run(const Corpus& corpus, const PretrainOptions& options) {
        return pretrain(weights_, config_, corpus, options,
                        {.on_batch = [&](const FitProgress& progress) { progress_.push_back(progress); },
                         .is_cancelled = [&] { return progress_.size() == stop_after_; },
                         .keep_state = {}});
    }

    const model_folder::BertConfig config_ = config_without_head();
    model::BertWeights weights_ = model::empty_weights(config_);
    std::vector<FitProgress> progress_;
    std::size_t stop_after_ = 100'000;
};

const PretrainOptions kQuick{
    .epochs = 1, .batch_size = 20, .learning_rate = 5e-3, .dropout = {}, .adamw = {}};

TEST_F(Pretrain, LearnsToFillGapsAndToRate) {
    auto options = kQuick;
    options.epochs = 8;

    const auto result = run(repeated_words(600), options);

    ASSERT_TRUE(result);
    EXPECT_EQ(result->updates, 240);
    EXPECT_GT(progress_.front().loss, 3.5);  // ln 60 = 4.1: nothing is known
    EXPECT_LT(result->masked_loss, 2.0);     // a mean over the last 200 updates
    EXPECT_LT(result->rating_loss, 1.0);     // ln 10 = 2.3 at the start
    EXPECT_FALSE(weights_.classifier.weight.defined());
    EXPECT_FALSE(weights_.word_embeddings.requires_grad());
}

TEST_F(Pretrain, WarmsUpAndCoolsDown) {
    auto options = kQuick;
    options.warmup_ratio = 0.5;

    ASSERT_TRUE(run(repeated_words(80), options));

    ASSERT_EQ(progress_.size(), 4U);
    EXPECT_DOUBLE_EQ(progress_[0].learning_rate, 0);
    EXPECT_DOUBLE_EQ(progress_[1].learning_rate, 2.5e-3);
    EXPECT_DOUBLE_EQ(progress_[2].learning_rate, 5e-3);
    EXPECT_DOUBLE_EQ(progress_[3].learning_rate, 2.5e-3);
    EXPECT_EQ(progress_[3].rows_done, 80U);
}

TEST_F(Pretrain, GivesTheSameWeightsForTheSameSeed) {
    auto options = kQuick;
    options.dropout.hidden = 0.1;
    const auto corpus = repeated_words(80);
    ASSERT_TRUE(run(corpus, options));
    const auto first = weights_.word_embeddings.clone();

    initialise(weights_, config_, 1);
    ASSERT_TRUE(run(corpus, options));

    EXPECT_TRUE(at::equal(weights_.word_embeddings, first));
}

TEST_F(Pretrain, LeavesThePoolerAloneWhereNothingIsRated) {
    auto corpus = repeated_words(80);
    corpus.ratings.assign(corpus.size(), Corpus::kNoRating);
    const auto pooler = weights_.pooler.weight.clone();

    const auto result = run(corpus, kQuick);

    ASSERT_TRUE(result);
    EXPECT_DOUBLE_EQ(result->rating_loss, 0);
    EXPECT_TRUE(at::equal(weights_.pooler.weight, pooler));
}

TEST_F(Pretrain, DoesNotReadRatingsOfNoWeight) {
    auto options = kQuick;
    options.rating_weight = 0;

    const auto result = run(repeated_words(80), options);

    ASSERT_TRUE(result);
    EXPECT_DOUBLE_EQ(result->rating_loss, 0);
}

TEST_F(Pretrain, KeepsWhatItHasWhenItIsCancelled) {
    stop_after_ = 3;

    const auto result = run(repeated_words(80), kQuick);

    ASSERT_TRUE(result);
    EXPECT_TRUE(result->was_cancelled);
    EXPECT_EQ(result->updates, 3);
}

TEST_F(Pretrain, TellsWhenTheLossIsNoNumber) {
    weights_.embedding_norm.bias.fill_(std::numeric_limits<float>::quiet_NaN());

    const auto result = run(repeated_words(80), kQuick);

    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("the loss is not finite in update 0"), std::string::npos);
}

TEST_F(Pretrain, GoesOnFromEveryStateToTheSameWeights) {
    auto options = kQuick;
    options.epochs = 2;
    options.dropout.hidden = 0.1;
    options.save_steps = 3;
    const auto corpus = repeated_words(160);  // 8 updates an epoch
    std::vector<TrainingState> states;
    const auto keep = [&](const TrainingState& state) {
        states.push_back(state);
        for (auto& [name, tensor] : states.back().tensors) tensor = tensor.detach().clone();
    };
    const auto whole = pretrain(weights_, config_, corpus, options,
                                {.on_batch = {}, .is_cancelled = {}, .keep_state = keep});
    ASSERT_TRUE(whole);
    ASSERT_EQ(states.size(), 5U);
    const auto undisturbed = weights_.word_embeddings.clone();

    for (const auto& state : states) {
        initialise(weights_, config_, 1);
        at::manual_seed(4711);
        const auto result = pretrain(weights_, config_, corpus, options, {}, &state);

        ASSERT_TRUE(result) << result.error().message;
        EXPECT_TRUE(at::equal(weights_.word_embeddings, undisturbed)) << state.position.at("update");
        EXPECT_DOUBLE_EQ(result->masked_loss, whole->masked_loss);
        EXPECT_EQ(result->updates, whole->updates);
    }
}

}  // namespace
}  // namespace nunchi::trainer
