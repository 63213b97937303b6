#include "trainer/fit.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/trainer/small_corpus.hpp"

namespace nunchi::trainer {
namespace {

const FitOptions kQuick{.epochs = 12,
                        .batch_size = 16,
                        .learning_rate = 5e-3,
                        .dropout = {.hidden = 0.1, .attention = 0, .classifier = 0.1},
                        .adamw = {}};

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

    const auto left = model::parameters(weights_);
    const auto right = model::parameters(again);
    for (std::size_t i = 0; i < left.size(); ++i) {
        EXPECT_TRUE(at::equal(*left[i].tensor, *right[i].tensor)) << left[i].name;
    }
}

TEST_F(Fit, KeepsTheBestEpochAndNotTheLast) {
    std::vector<double> scores;
    const auto result =
        fit(weights_, config_, training_, validation_, kQuick,
            {.on_batch = {},
             .on_epoch = [&](const EpochReport& report) { scores.push_back(report.validation->macro_f1); },
             .is_cancelled = {}});

    ASSERT_TRUE(result);
    const auto best =
        static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    EXPECT_EQ(result->best_epoch, static_cast<int>(best) + 1);
    EXPECT_DOUBLE_EQ(measure(validation_.labels, predict(weights_, config_, validation_)).macro_f1,
                     scores[best]);
}

TEST_F(Fit, StopsWhenItIsCancelledAndKeepsTheFinishedEpoch) {
    int finished = 0;
    const auto result = fit(weights_, config_, training_, validation_, kQuick,
                            {.on_batch = {},
                             .on_epoch = [&](const EpochReport&) { ++finished; },
                             .is_cancelled = [&] { return finished == 1; }});

    ASSERT_TRUE(result);
    EXPECT_TRUE(result->was_cancelled);
    EXPECT_EQ(result->best_epoch, 1);
}

TEST_F(Fit, TellsWhenTheLossIsNoNumber) {
    weights_.pooler.bias.fill_(std::numeric_limits<float>::quiet_NaN());

    const auto result = fit(weights_, config_, training_, validation_, kQuick, {});

    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("the loss is not finite in epoch 1, update 0"), std::string::npos);
}

}  // namespace
}  // namespace nunchi::trainer
