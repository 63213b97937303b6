// A run replayed: the losses of ten updates, of one batch each, equal those of transformers and PyTorch.
// Expected values: tests/oracle/make_fit_losses.py (transformers 4.57.6, PyTorch 2.13).
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/unit/trainer/small_corpus.hpp"
#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::array kExpected{2.2883654, 2.2883654, 2.0860925, 1.9625000, 1.9965497,
                               1.9513810, 1.8792917, 1.8088795, 1.7563605, 1.7290270};

/// Sums of different order in fp32.
constexpr double kTolerance = 2e-5;

void fill_with_waves(model::BertWeights& weights) {
    double number = 0;
    for (const auto& [name, tensor] : model::parameters(weights)) {
        const double middle = name.ends_with("LayerNorm.weight") ? 1 : 0;
        const auto values = tensor->view(-1);
        for (std::int64_t i = 0; i < values.size(0); ++i) {
            values[i] = middle + 0.2 * std::sin(0.37 * static_cast<double>(i) + number);
        }
        ++number;
    }
}

TrainingSet counted_rows() {
    TrainingSet set;
    for (int row = 0; row < 14; ++row) {
        std::vector<std::int32_t> ids{2};
        for (int i = 0; i < 2 + row % 5; ++i) ids.push_back(10 + (row * 7 + i * 3) % 50);
        ids.push_back(3);
        set.ids.push_back(std::move(ids));
        set.labels.push_back(api::kEmotions[static_cast<std::size_t>(row) % api::kEmotionCount]);
    }
    return set;
}

TEST(FitLosses, EqualTransformers) {
    const auto config = tiny_config();
    auto weights = model::empty_weights(config);
    fill_with_waves(weights);

    const auto result = fit(weights, config, counted_rows(), {},
                            {.epochs = 10,
                             .batch_size = 14,
                             .learning_rate = 0.02,
                             .warmup_ratio = 0.3,
                             .max_gradient_norm = 0.5,
                             .label_smoothing = 0.1,
                             .dropout = {.hidden = 0, .attention = 0, .classifier = 0},
                             .adamw = {.weight_decay = 0.1}},
                            {});

    ASSERT_TRUE(result);
    ASSERT_EQ(result->epochs.size(), kExpected.size());
    for (std::size_t i = 0; i < kExpected.size(); ++i) {
        EXPECT_NEAR(result->epochs[i].training_loss, kExpected[i], kTolerance) << "update " << i;
    }
}

}  // namespace
}  // namespace nunchi::trainer
