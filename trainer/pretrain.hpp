// Masked-language-model training of an encoder (Devlin et al., arXiv 1810.04805), with ratings as a second
// task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/model/bert.hpp"
#include "classifier/model/bert_weights.hpp"
#include "trainer/adamw.hpp"
#include "trainer/corpus.hpp"
#include "trainer/fit.hpp"
#include "trainer/training_state.hpp"

namespace nunchi::trainer {

struct PretrainOptions {
    int epochs = 1;
    std::size_t batch_size = 64;
    double learning_rate = 5e-4;
    double warmup_ratio = 0.05;
    double max_gradient_norm = 1;
    double mask_share = 0.15;  // of the pieces; of those 80 % become [MASK], 10 % another piece, 10 % stay
    double rating_weight =
        0.5;  // of the rating's loss beside the masked pieces' loss; 0: ratings are not used
    model::Dropout dropout{.hidden = 0.1, .attention = 0, .classifier = 0};
    AdamWOptions adamw;
    std::uint32_t seed = 34;
    std::int64_t save_steps = 0;  // updates between two calls of keep_state; 0: none
};

struct PretrainCallbacks {
    std::function<void(const FitProgress&)> on_batch;
    std::function<bool()> is_cancelled;  // asked before each update
    // Every save_steps updates, and when it is cancelled. The tensors are the live ones.
    std::function<void(const TrainingState&)> keep_state;
};

struct PretrainResult {
    double masked_loss = 0;  // mean of the last 200 updates
    double rating_loss = 0;  // likewise; 0 when no sentence has a rating
    std::int64_t updates = 0;
    bool was_cancelled = false;
};

/// Trains the encoder in place; the heads of both tasks are dropped at the end, so the weights cannot give
/// sentences back. FitProgress::loss is the mean of the masked pieces' loss over the last 200 updates. A
/// cancelled run keeps what it has. With `resumed`, a state that keep_state was given in a run with the same
/// corpus and options, it goes on from there, on a CPU with as many threads to the same weights bit for bit.
api::outcome<PretrainResult> pretrain(model::BertWeights& weights, const model_folder::BertConfig& config,
                                      const Corpus& corpus, const PretrainOptions& options,
                                      const PretrainCallbacks& callbacks,
                                      const TrainingState* resumed = nullptr);

/// What one batch hides, and where.
struct MaskedBatch {
    std::vector<std::vector<std::int32_t>> ids;  // with pieces replaced
    std::vector<std::int64_t> rows;              // packed rows to predict
    std::vector<std::int64_t> targets;           // the pieces that stood there
};

/// Special tokens are never hidden. A batch may hide nothing.
MaskedBatch mask(std::span<const std::vector<std::int32_t>* const> sentences, std::int32_t vocabulary_size,
                 double share, std::mt19937& random);

}  // namespace nunchi::trainer
