// The training loop.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "classifier/api/error.hpp"
#include "classifier/model/bert.hpp"
#include "classifier/model/bert_weights.hpp"
#include "trainer/adamw.hpp"
#include "trainer/metrics.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {

struct FitOptions {
    int epochs = 5;
    std::size_t batch_size = 32;
    double learning_rate = 5e-5;  // at the end of the warm-up
    double warmup_ratio = 0.1;    // of all updates
    double max_gradient_norm = 1;
    double label_smoothing = 0;
    model::Dropout dropout{.hidden = 0.1, .attention = 0.1, .classifier = 0.5};
    AdamWOptions adamw;
    std::uint32_t seed = 34;  // of batches, dropout and new weights
};

struct FitProgress {
    int epoch = 0;  // from 1
    int epochs = 0;
    std::size_t rows_done = 0;  // of this epoch
    std::size_t rows = 0;
    double loss = 0;  // running mean of this epoch
    double learning_rate = 0;
};

struct EpochReport {
    int epoch = 0;
    double training_loss = 0;
    double training_accuracy = 0;       // while training, with dropout on
    std::optional<Metrics> validation;  // absent when there are no validation rows
};

struct FitCallbacks {
    std::function<void(const FitProgress&)> on_batch;
    std::function<void(const EpochReport&)> on_epoch;
    std::function<bool()> is_cancelled;  // asked before each batch
};

struct FitResult {
    int best_epoch =
        0;  // whose weights are kept: the best macro-F1 on the validation rows, or the last epoch
    std::vector<EpochReport> epochs;
    bool was_cancelled = false;  // the weights are then those of the best epoch so far
};

/// Fine-tunes `weights` in place; they must be fp32 and not prepacked, all on one device. A Failure tells of
/// a loss that is not finite; the weights are then those of the best epoch before it.
api::outcome<FitResult> fit(model::BertWeights& weights, const model_folder::BertConfig& config,
                            const TrainingSet& training, const TrainingSet& validation,
                            const FitOptions& options, const FitCallbacks& callbacks);

/// Fills the tensors as transformers initialises a new BERT: normal with the configuration's
/// initializer_range, biases 0, LayerNorm weights 1, the [PAD] row 0.
void initialise(model::BertWeights& weights, const model_folder::BertConfig& config, std::uint32_t seed);

/// A new head for the seven emotions, drawn as `initialise` does.
void initialise_head(model::BertWeights& weights, const model_folder::BertConfig& config, std::uint32_t seed);

/// The most probable emotion of every row, in batches by length, without dropout.
std::vector<api::Emotion> predict(const model::BertWeights& weights, const model_folder::BertConfig& config,
                                  const TrainingSet& set);

}  // namespace nunchi::trainer
