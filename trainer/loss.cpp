#include "trainer/loss.hpp"

#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

namespace nunchi::trainer {

at::Tensor balanced_class_weights(std::span<const api::Emotion> labels) {
    std::array<double, api::kEmotionCount> rows{};
    for (const auto label : labels) ++rows[api::index_of(label)];
    const auto classes = std::count_if(rows.begin(), rows.end(), [](double count) { return count > 0; });
    auto weights = at::zeros({static_cast<std::int64_t>(api::kEmotionCount)});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == 0) continue;
        weights[static_cast<std::int64_t>(i)] =
            static_cast<double>(labels.size()) / (static_cast<double>(classes) * rows[i]);
    }
    return weights;
}

at::Tensor cross_entropy_sum(const at::Tensor& logits, const at::Tensor& labels,
                             const at::Tensor& class_weights, double label_smoothing) {
    std::optional<at::Tensor> weights;
    if (class_weights.defined()) weights = class_weights;
    return at::cross_entropy_loss(logits, labels, weights, at::Reduction::Sum, -100, label_smoothing);
}

at::Tensor r_drop_sum(const at::Tensor& first_logits, const at::Tensor& second_logits) {
    const auto p = at::log_softmax(first_logits, 1);
    const auto q = at::log_softmax(second_logits, 1);
    // KL(p‖q) + KL(q‖p) is the sum of (p - q)(log p - log q).
    return ((p.exp() - q.exp()) * (p - q)).sum() / 2;
}

}  // namespace nunchi::trainer
