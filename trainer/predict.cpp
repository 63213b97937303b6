#include <ATen/ops/argmax.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include "trainer/fit.hpp"
#include "trainer/length_buckets.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kBatchSize = 64;

/// Calls visit(batch, result) with the forward pass of every batch.
template <typename Visit>
void for_each_batch(const model::BertWeights& weights, const model_folder::BertConfig& config,
                    const TrainingSet& set, const Visit& visit) {
    const auto device = weights.word_embeddings.device();
    for (const auto& batch : batches_by_length(set.lengths(), kBatchSize)) {
        std::vector<model::Message> messages;
        messages.reserve(batch.size());
        for (const auto row : batch) messages.push_back({.ids = set.ids[row]});
        visit(batch, model::forward(weights, config, model::pack(messages, device)));
    }
}

}  // namespace

std::vector<api::Emotion> predict(const model::BertWeights& weights, const model_folder::BertConfig& config,
                                  const TrainingSet& set) {
    const c10::InferenceMode inference;
    std::vector<api::Emotion> predicted(set.size());
    for_each_batch(weights, config, set, [&](const Batch& batch, const model::ForwardResult& result) {
        const auto labels = most_probable(result.logits);
        for (std::size_t i = 0; i < batch.size(); ++i) predicted[batch[i]] = labels[i];
    });
    return predicted;
}

at::Tensor pooled_vectors(const model::BertWeights& weights, const model_folder::BertConfig& config,
                          const TrainingSet& set) {
    const c10::NoGradGuard no_grad;  // not InferenceMode: training reads these tensors
    auto pooled = at::empty({static_cast<std::int64_t>(set.size()), config.hidden_size},
                            weights.word_embeddings.options().requires_grad(false));
    for_each_batch(weights, config, set, [&](const Batch& batch, const model::ForwardResult& result) {
        for (std::size_t i = 0; i < batch.size(); ++i)
            pooled[batch[i]].copy_(result.pooled[static_cast<std::int64_t>(i)]);
    });
    return pooled;
}

std::vector<api::Emotion> most_probable(const at::Tensor& logits) {
    const auto best = at::argmax(logits, 1).to(at::kCPU);
    std::vector<api::Emotion> labels;
    labels.reserve(static_cast<std::size_t>(best.numel()));
    for (const auto label :
         std::span(best.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(best.numel())))
        labels.push_back(api::kEmotions[static_cast<std::size_t>(label)]);
    return labels;
}

}  // namespace nunchi::trainer
