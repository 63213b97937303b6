// The forward pass of training: a batch of rows in, its loss out.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>

#include "trainer/fit.hpp"
#include "trainer/length_buckets.hpp"

namespace nunchi::trainer {

class BatchLoss {
public:
    /// All must outlive it. With options.only_head the encoder is asked once, here, for all rows.
    BatchLoss(const model::BertWeights& weights, const model_folder::BertConfig& config,
              const TrainingSet& training, const FitOptions& options);

    struct Value {
        at::Tensor loss;           // scalar with gradients: the sum over the rows
        std::int64_t correct = 0;  // rows whose most probable emotion is their label
    };

    Value of(const Batch& batch) const;

    /// What the mean loss of these rows divides by: their number, or the sum of their classes' weights.
    double weight_of(const Batch& batch) const;

private:
    at::Tensor logits_of(const Batch& batch) const;
    at::Tensor labels_of(const Batch& batch) const;

    const model::BertWeights& weights_;
    const model_folder::BertConfig& config_;
    const TrainingSet& training_;
    const FitOptions& options_;
    at::Tensor pooled_;         // [rows, hidden] with only_head
    at::Tensor class_weights_;  // [labels] with balances_classes
};

}  // namespace nunchi::trainer
