// What training minimises.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "classifier/api/emotion.hpp"

namespace nunchi::trainer {

/// [labels] on the CPU, mean 1 over the rows: n / (classes × rows of the class), as scikit-learn's
/// class_weight="balanced" with the classes that occur. Classes that do not occur weigh 0.
at::Tensor balanced_class_weights(std::span<const api::Emotion> labels);

/// The sum over the rows of the cross-entropy of `logits` [rows, labels] with `labels` [rows], each row times
/// the weight of its class. Smoothing as PyTorch's CrossEntropyLoss. `class_weights` [labels] may be
/// undefined.
at::Tensor cross_entropy_sum(const at::Tensor& logits, const at::Tensor& labels,
                             const at::Tensor& class_weights, double label_smoothing);

/// The sum over the rows of (KL(p‖q) + KL(q‖p)) / 2 of two passes over the same rows with different dropout
/// (R-Drop, Liang et al., arXiv 2106.14448).
at::Tensor r_drop_sum(const at::Tensor& first_logits, const at::Tensor& second_logits);

}  // namespace nunchi::trainer
