// What the options of the training loop do to the weights.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/trainer/small_corpus.hpp"
#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

FitOptions without_dropout() {
    FitOptions options;
    options.epochs = 1;
    options.batch_size = 14;
    options.learning_rate = 5e-3;
    options.dropout = {.hidden = 0, .attention = 0, .classifier = 0};
    return options;
}

class FitWith : public ::testing::Test {
protected:
    model::BertWeights start() const {
        auto weights = model::empty_weights(config_);
        initialise(weights, config_, 1);
        return weights;
    }

    model::BertWeights fitted(const FitOptions& options, const FitCallbacks& callbacks = {}) const {
        auto weights = start();
        EXPECT_TRUE(fit(weights, config_, training_, validation_, options, callbacks));
        return weights;
    }

    /// The largest difference. The gradient of a key's bias is exactly zero, so AdamW follows its rounding.
    static double distance(model::BertWeights& left, model::BertWeights& right) {
        double largest = 0;
        const auto others = model::parameters(right);
        for (std::size_t i = 0; const auto& parameter : model::parameters(left)) {
            const auto& other = *others[i++].tensor;
            if (parameter.name.ends_with("{query,key,value}.bias")) continue;
            const auto difference = (*parameter.tensor - other).abs().max();
            largest = std::max(largest, difference.item<double>());
        }
        return largest;
    }

    /// Names of the parameters that differ from the start.
    std::set<std::string> moved(model::BertWeights& weights) const {
        auto before = start();
        const auto others = model::parameters(before);
        std::set<std::string> names;
        for (std::size_t i = 0; const auto& [name, tensor] : model::parameters(weights)) {
            if (!at::equal(*tensor, *others[i++].tensor)) names.insert(name);
        }
        return names;
    }

    model_folder::BertConfig config_ = tiny_config();
    TrainingSet training_ = seven_words(140, 1);
    TrainingSet validation_ = seven_words(70, 2);
};

TEST_F(FitWith, AccumulatedBatchesMoveAsOneLargeBatch) {
    auto small = without_dropout();
    small.order = BatchOrder::as_given;
    small.accumulated_batches = 3;  // the last update has one batch only
    auto large = small;
    large.batch_size = 42;
    large.accumulated_batches = 1;

    auto by_parts = fitted(small);
    auto at_once = fitted(large);

    EXPECT_LT(distance(by_parts, at_once), 2e-4);
    EXPECT_FALSE(moved(by_parts).empty());
}

TEST_F(FitWith, BalancedClassesAccumulateToo) {
    training_.labels.assign(training_.size(), api::Emotion::happiness);
    std::fill_n(training_.labels.begin(), 20, api::Emotion::fear);
    auto small = without_dropout();
    small.order = BatchOrder::as_given;
    small.balances_classes = true;
    small.accumulated_batches = 3;
    auto large = small;
    large.batch_size = 42;
    large.accumulated_batches = 1;
    auto unbalanced = large;
    unbalanced.balances_classes = false;

    auto by_parts = fitted(small);
    auto at_once = fitted(large);
    auto plain = fitted(unbalanced);

    EXPECT_LT(distance(by_parts, at_once), 2e-4);
    EXPECT_GT(distance(plain, at_once), 1e-3);
}

TEST_F(FitWith, OnlyTheHeadMovesWhenItIsTold) {
    auto options = without_dropout();
    options.only_head = true;
    options.epochs = 20;

    auto weights = fitted(options);

    EXPECT_EQ(moved(weights), (std::set<std::string>{"classifier.weight", "classifier.bias"}));
    EXPECT_GT(measure(training_.labels, predict(weights, config_, training_)).accuracy, 0.2);
}

TEST_F(FitWith, TheCachedVectorsGiveTheHeadThatTheWholeModelWould) {
    auto options = without_dropout();
    options.only_head = true;
    options.order = BatchOrder::as_given;

    std::vector<EpochReport> reports;
    const auto keep = [&](const EpochReport& report) { reports.push_back(report); };
    auto weights = fitted(options, {.on_batch = {}, .on_epoch = keep, .is_cancelled = {}, .keep_state = {}});

    const auto metrics = measure(validation_.labels, predict(weights, config_, validation_));
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_DOUBLE_EQ(reports[0].validation->macro_f1, metrics.macro_f1);
}

TEST_F(FitWith, LayersJoinFromTheTop) {
    config_.num_hidden_layers = 2;
    auto options = without_dropout();
    options.layers_unfrozen_per_epoch = 1;
    std::vector<std::set<std::string>> by_epoch;
    auto weights = start();

    const auto look = [&](const EpochReport&) { by_epoch.push_back(moved(weights)); };
    options.epochs = 4;
    validation_ = {};
    ASSERT_TRUE(fit(weights, config_, training_, validation_, options,
                    {.on_batch = {}, .on_epoch = look, .is_cancelled = {}, .keep_state = {}}));

    const auto has = [&](std::size_t epoch, const std::string& name) {
        return by_epoch[epoch].contains(name);
    };
    EXPECT_EQ(by_epoch[0].size(), 4U);  // head and pooler
    EXPECT_TRUE(has(1, "bert.encoder.layer.1.output.dense.weight"));
    EXPECT_FALSE(has(1, "bert.encoder.layer.0.output.dense.weight"));
    EXPECT_TRUE(has(2, "bert.encoder.layer.0.output.dense.weight"));
    EXPECT_FALSE(has(2, "bert.embeddings.word_embeddings.weight"));
    EXPECT_TRUE(has(3, "bert.embeddings.word_embeddings.weight"));
}

TEST_F(FitWith, PatienceEndsWhatNoLongerGains) {
    for (auto& label : validation_.labels)  // wrong by one, so that learning makes it worse
        label = api::kEmotions[(api::index_of(label) + 1) % api::kEmotionCount];
    auto options = without_dropout();
    options.epochs = 30;
    options.patience = 2;
    auto weights = start();

    const auto result = fit(weights, config_, training_, validation_, options, {});

    ASSERT_TRUE(result);
    EXPECT_EQ(static_cast<int>(result->epochs.size()), result->best_epoch + 2);
}

TEST_F(FitWith, RDropChangesNothingWithoutDropout) {
    auto options = without_dropout();
    auto with = options;
    with.r_drop = 4;
    auto plain = fitted(options);
    auto doubled = fitted(with);
    EXPECT_LT(distance(plain, doubled), 1e-5);

    options.dropout.hidden = with.dropout.hidden = 0.2;
    auto noisy = fitted(options);
    auto pulled = fitted(with);
    EXPECT_GT(distance(noisy, pulled), 1e-4);
}

TEST_F(FitWith, Bf16LearnsAndKeepsTheWeightsInFp32) {
    auto options = without_dropout();
    options.epochs = 12;
    options.uses_bf16 = true;

    auto weights = fitted(options);

    EXPECT_EQ(weights.pooler.weight.scalar_type(), at::kFloat);
    EXPECT_GT(measure(validation_.labels, predict(weights, config_, validation_)).accuracy, 0.8);
}

}  // namespace
}  // namespace nunchi::trainer
