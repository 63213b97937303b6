#include <ATen/ops/argmax.h>
#include <c10/core/InferenceMode.h>

#include "trainer/fit.hpp"
#include "trainer/length_buckets.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kBatchSize = 64;

}  // namespace

std::vector<api::Emotion> predict(const model::BertWeights& weights, const model_folder::BertConfig& config,
                                  const TrainingSet& set) {
    const c10::InferenceMode inference;
    const auto device = weights.word_embeddings.device();
    std::vector<api::Emotion> predicted(set.size());
    for (const auto& batch : batches_by_length(set.lengths(), kBatchSize)) {
        std::vector<model::Message> messages;
        messages.reserve(batch.size());
        for (const auto row : batch) messages.push_back({.ids = set.ids[row]});
        const auto logits = model::forward(weights, config, model::pack(messages, device)).logits;
        const auto best = at::argmax(logits, 1).to(at::kCPU);
        const auto* label = best.const_data_ptr<std::int64_t>();
        for (const auto row : batch) predicted[row] = api::kEmotions[static_cast<std::size_t>(*label++)];
    }
    return predicted;
}

}  // namespace nunchi::trainer
