#include "trainer/logits.hpp"

#include <c10/core/InferenceMode.h>

#include <algorithm>

#include "classifier/model/bert.hpp"
#include "trainer/length_buckets.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kBatchSize = 64;

std::vector<model::Message> messages_of(const TrainingSet& set, const Batch& batch) {
    std::vector<model::Message> messages;
    messages.reserve(batch.size());
    for (const auto row : batch) messages.push_back({.ids = set.ids[row]});
    return messages;
}

}  // namespace

std::vector<Logits> logits_of(const model::EmotionModel& model, const TrainingSet& set) {
    std::vector<Logits> all(set.size());
    for (const auto& batch : batches_by_length(set.lengths(), kBatchSize)) {
        const auto logits = model.logits(messages_of(set, batch));
        for (std::size_t i = 0; i < batch.size(); ++i) all[batch[i]] = logits[i];
    }
    return all;
}

std::vector<Logits> logits_of(const model::BertWeights& weights, const model_folder::BertConfig& config,
                              const TrainingSet& set) {
    const c10::InferenceMode inference;
    const auto device = weights.word_embeddings.device();
    std::vector<Logits> all(set.size());
    for (const auto& batch : batches_by_length(set.lengths(), kBatchSize)) {
        const auto logits = model::forward(weights, config, model::pack(messages_of(set, batch), device))
                                .logits.to(at::kCPU, at::kFloat)
                                .contiguous();
        const auto* next = logits.const_data_ptr<float>();
        for (const auto row : batch) {
            std::copy_n(next, api::kEmotionCount, all[row].begin());
            next += api::kEmotionCount;
        }
    }
    return all;
}

}  // namespace nunchi::trainer
