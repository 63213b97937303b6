#include "trainer/batch_loss.hpp"

#include <ATen/autocast_mode.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>

#include "trainer/loss.hpp"

namespace nunchi::trainer {
namespace {

/// bf16 products while it lives; the casts of the weights are kept for the forward pass only.
class Autocast {
public:
    Autocast(c10::DeviceType device, bool is_on) : device_(device), is_on_(is_on) {
        if (!is_on_) return;
        at::autocast::set_autocast_dtype(device_, at::kBFloat16);
        at::autocast::set_autocast_enabled(device_, true);
    }
    ~Autocast() {
        if (!is_on_) return;
        at::autocast::set_autocast_enabled(device_, false);
        at::autocast::clear_cache();
    }
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    c10::DeviceType device_;
    bool is_on_;
};

at::Tensor indices_of(const Batch& batch) {
    auto rows = at::empty({static_cast<std::int64_t>(batch.size())}, at::kLong);
    std::copy(batch.begin(), batch.end(), rows.mutable_data_ptr<std::int64_t>());
    return rows;
}

}  // namespace

BatchLoss::BatchLoss(const model::BertWeights& weights, const model_folder::BertConfig& config,
                     const TrainingSet& training, const FitOptions& options)
    : weights_(weights), config_(config), training_(training), options_(options) {
    if (options.only_head) pooled_ = pooled_vectors(weights, config, training);
    if (options.balances_classes) class_weights_ = balanced_class_weights(training.labels);
}

BatchLoss::Value BatchLoss::of(const Batch& batch) const {
    const auto labels = labels_of(batch);
    const auto class_weights = class_weights_.defined() ? class_weights_.to(labels.device()) : at::Tensor();
    const auto logits = logits_of(batch);
    auto loss = cross_entropy_sum(logits, labels, class_weights, options_.label_smoothing);
    if (options_.r_drop > 0) {
        const auto again = logits_of(batch);
        const auto second = cross_entropy_sum(again, labels, class_weights, options_.label_smoothing);
        loss = (loss + second) / 2 + options_.r_drop * r_drop_sum(logits, again);
    }
    return {loss, logits.detach().argmax(1).eq(labels).sum().item<std::int64_t>()};
}

double BatchLoss::weight_of(const Batch& batch) const {
    if (!class_weights_.defined()) return static_cast<double>(batch.size());
    const auto* weights = class_weights_.const_data_ptr<float>();
    double sum = 0;
    for (const auto row : batch) sum += weights[api::index_of(training_.labels[row])];
    return sum;
}

at::Tensor BatchLoss::logits_of(const Batch& batch) const {
    const auto device = weights_.word_embeddings.device();
    const Autocast autocast(device.type(), options_.uses_bf16);
    if (options_.only_head) {
        const auto pooled = pooled_.index_select(0, indices_of(batch).to(device));
        return at::linear(at::dropout(pooled, options_.dropout.classifier, true), weights_.classifier.weight,
                          weights_.classifier.bias)
            .to(at::kFloat);
    }
    std::vector<model::Message> messages;
    messages.reserve(batch.size());
    for (const auto row : batch) messages.push_back({.ids = training_.ids[row]});
    const auto packed = model::pack(messages, device);
    return model::forward(weights_, config_, packed, {.dropout = options_.dropout}).logits.to(at::kFloat);
}

at::Tensor BatchLoss::labels_of(const Batch& batch) const {
    auto labels = at::empty({static_cast<std::int64_t>(batch.size())}, at::kLong);
    auto* label = labels.mutable_data_ptr<std::int64_t>();
    for (const auto row : batch) *label++ = static_cast<std::int64_t>(api::index_of(training_.labels[row]));
    return labels.to(weights_.word_embeddings.device());
}

}  // namespace nunchi::trainer
