#include "trainer/fit.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "tests/unit/trainer/small_corpus.hpp"

namespace nunchi::trainer {
namespace {

const FitOptions kQuick{.epochs = 12,
                        .batch_size = 16,
                        .learning_rate = 5e-3,
                        .dropout = {.hidden = 0.1, .attention = 0, .classifier = 0.1},
                        .adamw = {}};

/// The weights' values, to be compared with later ones.
std::vector<at::Tensor> values_of(model::BertWeights& weights) {
    std::vector<at::Tensor> values;
    for (const auto& parameter : model::parameters(weights)) {
        values.push_back(parameter.tensor->detach().clone());
    }
    return values;
}

bool are_equal(const std::vector<at::Tensor>& left, const std::vector<at::Tensor>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& a, const auto& b) { return at::equal(a, b); });
}

class Fit : public ::testing::Test {
protected:
    void SetUp() override { initialise(weights_, config_, 1); }

    model_folder::BertConfig config_ = tiny_config();
    model::BertWeights weights_ = model::empty_weights(config_);
    TrainingSet training_ = seven_words(420, 1);
    TrainingSet validation_ = seven_words(70, 2);
};

TEST_F(Fit, LearnsWhatCanBeLearned) {
    const auto result = fit(weights_, config_, training_, validation_, kQuick, {});

    ASSERT_TRUE(result);
    EXPECT_GT(measure(validation_.labels, predict(weights_, config_, validation_)).accuracy, 0.9);
    EXPECT_LT(result->epochs.back().training_loss, 0.5 * result->epochs.front().training_loss);
}

TEST_F(Fit, GivesTheSameWeightsForTheSameSeed) {
    auto again = model::empty_weights(config_);
    initialise(again, config_, 1);
    auto options = kQuick;
    options.epochs = 2;

    ASSERT_TRUE(fit(weights_, config_, training_, validation_, options, {}));
    ASSERT_TRUE(fit(again, config_, training_, validation_, options, {}));

    EXPECT_TRUE(are_equal(values_of(weights_), values_of(again)));
}

TEST_F(Fit, DropsOutAsItIsTold) {
    auto without = model::empty_weights(config_);
    initialise(without, config_, 1);
    auto options = kQuick;
    options.epochs = 1;

    const auto with = fit(weights_, config_, training_, validation_, options, {});
    options.dropout = {.hidden = 0, .attention = 0, .classifier = 0};
    const auto result = fit(without, config_, training_, validation_, options, {});

    ASSERT_TRUE(with && result);
    EXPECT_NE(with->epochs[0].training_loss, result->epochs[0].training_loss);
}

TEST_F(Fit, TellsHowFarItIs) {
    auto options = kQuick;
    options.epochs = 2;
    std::vector<FitProgress> seen;

    const auto result = fit(weights_, config_, training_, validation_, options,
                            {.on_batch = [&](const FitProgress& progress) { seen.push_back(progress); },
                             .on_epoch = {},
                             .is_cancelled = {},
                             .keep_state = {}});

    ASSERT_TRUE(result);
    ASSERT_EQ(seen.size(), 2U * 27);  // 420 rows in batches of 16
    EXPECT_EQ(seen[0].rows_done, 16U);
    EXPECT_EQ(seen[0].rows, 420U);
    EXPECT_EQ(seen[26].rows_done, 420U);
    EXPECT_EQ(seen[26].epoch, 1);
    EXPECT_EQ(seen[27].epoch, 2);
    EXPECT_DOUBLE_EQ(seen[26].loss, result->epochs[0].training_loss);
    EXPECT_GT(result->epochs[0].training_accuracy, 0);
    EXPECT_LE(result->epochs[0].training_accuracy, 1);
}

TEST_F(Fit, KeepsTheBestEpochAndNotTheLast) {
    // Validated on labels that are wrong by one, so that every epoch makes it worse.
    for (auto& label : validation_.labels) {
        label = api::kEmotions[(api::index_of(label) + 1) % api::kEmotionCount];
    }
    std::vector<double> scores;
    std::vector<std::vector<at::Tensor>> weights;
    const auto result = fit(weights_, config_, training_, validation_, kQuick,
                            {.on_batch = {},
                             .on_epoch =
                                 [&](const EpochReport& report) {
                                     scores.push_back(report.validation->macro_f1);
                                     weights.push_back(values_of(weights_));
                                 },
                             .is_cancelled = {},
                             .keep_state = {}});

    ASSERT_TRUE(result);
    const auto best =
        static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    ASSERT_LT(best, scores.size() - 1);
    EXPECT_EQ(result->best_epoch, static_cast<int>(best) + 1);
    EXPECT_TRUE(are_equal(values_of(weights_), weights[best]));
    EXPECT_FALSE(weights_.pooler.bias.requires_grad());
}

TEST_F(Fit, KeepsTheLastEpochWhereNothingValidates) {
    auto options = kQuick;
    options.epochs = 3;
    std::vector<at::Tensor> last;

    const auto result = fit(weights_, config_, training_, {}, options,
                            {.on_batch = {},
                             .on_epoch = [&](const EpochReport&) { last = values_of(weights_); },
                             .is_cancelled = {},
                             .keep_state = {}});

    ASSERT_TRUE(result);
    EXPECT_EQ(result->best_epoch, 3);
    EXPECT_FALSE(result->epochs[2].validation);
    EXPECT_TRUE(are_equal(values_of(weights_), last));
}

TEST_F(Fit, StopsWhenItIsCancelledAndKeepsTheFinishedEpoch) {
    int batches = 0;
    std::vector<at::Tensor> finished;
    const auto result = fit(weights_, config_, training_, {}, kQuick,
                            {.on_batch = [&](const FitProgress&) { ++batches; },
                             .on_epoch = [&](const EpochReport&) { finished = values_of(weights_); },
                             .is_cancelled = [&] { return batches == 30; },
                             .keep_state = {}});

    ASSERT_TRUE(result);
    EXPECT_TRUE(result->was_cancelled);
    EXPECT_EQ(result->best_epoch, 1);
    EXPECT_EQ(batches, 30);  // three of them in the second epoch
    EXPECT_TRUE(are_equal(values_of(weights_), finished));
}

TEST_F(Fit, TellsWhenTheLossIsNoNumber) {
    weights_.pooler.bias.fill_(std::numeric_limits<float>::quiet_NaN());

    const auto result = fit(weights_, config_, training_, validation_, kQuick, {});

    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("the loss is not finite in epoch 1, update 0"), std::string::npos);
}

TEST_F(Fit, GoesBackToTheBestEpochWhenTheLossIsNoNumber) {
    std::vector<at::Tensor> finished;
    const auto break_weights = [&](const EpochReport&) {
        finished = values_of(weights_);
        weights_.pooler.bias.detach().fill_(std::numeric_limits<float>::quiet_NaN());
    };

    const auto result =
        fit(weights_, config_, training_, validation_, kQuick,
            {.on_batch = {}, .on_epoch = break_weights, .is_cancelled = {}, .keep_state = {}});

    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("in epoch 2, update 27"), std::string::npos);
    EXPECT_TRUE(are_equal(values_of(weights_), finished));
}

}  // namespace
}  // namespace nunchi::trainer
