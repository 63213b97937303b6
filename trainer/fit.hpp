// The training loop.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/model/bert.hpp"
#include "classifier/model/bert_weights.hpp"
#include "trainer/adamw.hpp"
#include "trainer/metrics.hpp"
#include "trainer/training_set.hpp"
#include "trainer/training_state.hpp"

namespace nunchi::trainer {

/// In which order the rows of an epoch come.
enum class BatchOrder {
    by_length,  // shuffled in every epoch, sentences of similar length together
    as_given,   // the same batches in the same order in every epoch, as the notebook's loader
};

struct FitOptions {
    int epochs = 5;
    std::size_t batch_size = 32;
    std::size_t accumulated_batches = 1;  // for one update
    double learning_rate = 5e-5;          // at the end of the warm-up
    double warmup_ratio = 0.1;            // of all updates
    double max_gradient_norm = 1;
    double label_smoothing = 0;
    double r_drop = 0;              // weight of R-Drop's divergence (arXiv 2106.14448); 0: off
    bool balances_classes = false;  // rows weigh by how rare their emotion is
    BatchOrder order = BatchOrder::by_length;
    bool only_head = false;             // the encoder stays as it is
    int layers_unfrozen_per_epoch = 0;  // from the top, one portion more in each epoch; 0: all from the start
    int patience = 0;                   // epochs without a better macro-F1 after which training ends; 0: off
    bool uses_bf16 = false;             // autocast in the forward pass; weights and updates stay fp32
    model::Dropout dropout{.hidden = 0.1, .attention = 0.1, .classifier = 0.5};
    AdamWOptions adamw;
    std::uint32_t seed = 34;      // of batches, dropout and new weights
    std::int64_t save_steps = 0;  // updates between two calls of keep_state inside of an epoch; 0: none
};

struct FitProgress {
    int epoch = 0;  // from 1
    int epochs = 0;
    std::size_t rows_done = 0;  // of this epoch
    std::size_t rows = 0;
    double loss = 0;  // running mean of this epoch
    double learning_rate = 0;
};

struct FitCallbacks {
    std::function<void(const FitProgress&)> on_batch;  // after each update
    std::function<void(const EpochReport&)> on_epoch;
    std::function<bool()> is_cancelled;  // asked before each update
    // After each epoch, every save_steps updates, and when training is cancelled. The tensors are the live
    // ones: copy or write them at once.
    std::function<void(const TrainingState&)> keep_state;
};

struct FitResult {
    int best_epoch =
        0;  // whose weights are kept: the best macro-F1 on the validation rows, or the last epoch
    std::vector<EpochReport> epochs;
    bool was_cancelled = false;  // the weights are then those of the best epoch so far
};

/// Fine-tunes `weights` in place; they must be fp32 and not prepacked, all on one device. With `resumed`, a
/// state that keep_state was given in a run with the same sets and options, training goes on from there; on a
/// CPU with as many threads the weights come out bit for bit as if it had never stopped. A Failure tells of a
/// loss that is not finite, or of a state of another run; the weights are then those of the best epoch.
api::outcome<FitResult> fit(model::BertWeights& weights, const model_folder::BertConfig& config,
                            const TrainingSet& training, const TrainingSet& validation,
                            const FitOptions& options, const FitCallbacks& callbacks,
                            const TrainingState* resumed = nullptr);

/// Fills the tensors as transformers initialises a new BERT: normal with the configuration's
/// initializer_range, biases 0, LayerNorm weights 1, the [PAD] row 0.
void initialise(model::BertWeights& weights, const model_folder::BertConfig& config, std::uint32_t seed);

/// A new head for the seven emotions, drawn as `initialise` does.
void initialise_head(model::BertWeights& weights, const model_folder::BertConfig& config, std::uint32_t seed);

/// The most probable emotion of every row, in batches by length, without dropout.
std::vector<api::Emotion> predict(const model::BertWeights& weights, const model_folder::BertConfig& config,
                                  const TrainingSet& set);

/// [rows, hidden]: what the head sees of every row, without dropout.
at::Tensor pooled_vectors(const model::BertWeights& weights, const model_folder::BertConfig& config,
                          const TrainingSet& set);

/// The most probable emotion by row of [rows, labels].
std::vector<api::Emotion> most_probable(const at::Tensor& logits);

}  // namespace nunchi::trainer
