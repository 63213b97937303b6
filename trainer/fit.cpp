#include "trainer/fit.hpp"

#include <ATen/ops/argmax.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <torch/csrc/autograd/autograd.h>
#include <cmath>
#include <random>

#include "trainer/length_buckets.hpp"
#include "trainer/schedule.hpp"

namespace nunchi::trainer {
namespace {

std::vector<std::pair<std::string, at::Tensor>> trainable(model::BertWeights& weights) {
    std::vector<std::pair<std::string, at::Tensor>> list;
    for (const auto& [name, tensor] : model::parameters(weights)) {
        tensor->requires_grad_(true);
        list.emplace_back(name, *tensor);
    }
    return list;
}

/// A copy of the weights' values, to come back to.
class Snapshot {
public:
    void take(model::BertWeights& weights) {
        values_.clear();
        for (const auto& parameter : model::parameters(weights))
            values_.push_back(parameter.tensor->detach().clone());
    }

    void restore(model::BertWeights& weights) const {
        if (values_.empty()) return;
        const c10::NoGradGuard no_grad;
        const auto parameters = model::parameters(weights);
        for (std::size_t i = 0; i < values_.size(); ++i) parameters[i].tensor->copy_(values_[i]);
    }

private:
    std::vector<at::Tensor> values_;
};

struct EpochTotals {
    double loss_sum = 0;
    std::int64_t correct = 0;
    std::size_t rows = 0;

    double loss() const { return rows == 0 ? 0 : loss_sum / static_cast<double>(rows); }
    double accuracy() const {
        return rows == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(rows);
    }
};

class Loop {
public:
    Loop(model::BertWeights& weights, const model_folder::BertConfig& config, const TrainingSet& training,
         const TrainingSet& validation, const FitOptions& options, const FitCallbacks& callbacks)
        : weights_(weights),
          config_(config),
          training_(training),
          validation_(validation),
          options_(options),
          callbacks_(callbacks),
          random_(options.seed),
          optimiser_(trainable(weights), options.adamw),
          lengths_(training.lengths()) {
        const auto batches = (training.size() + options.batch_size - 1) / options.batch_size;
        updates_ = static_cast<std::int64_t>(batches) * options.epochs;
        warmup_ = static_cast<std::int64_t>(static_cast<double>(updates_) * options.warmup_ratio);
    }

    api::outcome<FitResult> run() {
        for (int epoch = 1; epoch <= options_.epochs; ++epoch) {
            const auto totals = run_epoch(epoch);
            if (!totals) {
                best_.restore(weights_);
                return totals.error();
            }
            if (result_.was_cancelled) break;
            finish_epoch(epoch, *totals);
        }
        if (validation_.size() > 0 || result_.was_cancelled) best_.restore(weights_);
        return std::move(result_);
    }

private:
    api::outcome<EpochTotals> run_epoch(int epoch) {
        EpochTotals totals;
        for (const auto& batch : length_buckets(lengths_, options_.batch_size, random_)) {
            if (callbacks_.is_cancelled && callbacks_.is_cancelled()) {
                result_.was_cancelled = true;
                return totals;
            }
            const auto rate = options_.learning_rate * warmup_cosine(update_, warmup_, updates_);
            const auto loss = train_on(batch, rate, totals);
            if (!std::isfinite(loss)) {
                return api::failure(api::errc::inference_failed,
                                    "the loss is not finite in epoch " + std::to_string(epoch) + ", update " +
                                        std::to_string(update_) +
                                        "; lower --learning-rate or --max-gradient-norm");
            }
            ++update_;
            if (callbacks_.on_batch) {
                callbacks_.on_batch(
                    {epoch, options_.epochs, totals.rows, training_.size(), totals.loss(), rate});
            }
        }
        return totals;
    }

    double train_on(const Batch& batch, double rate, EpochTotals& totals) {
        std::vector<model::Message> messages;
        auto labels = at::empty({static_cast<std::int64_t>(batch.size())}, at::kLong);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            messages.push_back({training_.ids[batch[i]]});
            labels[static_cast<std::int64_t>(i)] =
                static_cast<std::int64_t>(api::index_of(training_.labels[batch[i]]));
        }
        const auto device = weights_.word_embeddings.device();
        labels = labels.to(device);
        const auto logits =
            model::forward(weights_, config_, model::pack(messages, device), {.dropout = options_.dropout})
                .logits;
        const auto loss =
            at::cross_entropy_loss(logits, labels, {}, at::Reduction::Mean, -100, options_.label_smoothing);
        const auto value = loss.item<double>();
        if (!std::isfinite(value)) return value;

        torch::autograd::backward({loss}, {});
        optimiser_.clip_gradients(options_.max_gradient_norm);
        optimiser_.step(rate);
        optimiser_.zero_grad();

        totals.loss_sum += value * static_cast<double>(batch.size());
        totals.correct += at::argmax(logits.detach(), 1).eq(labels).sum().item<std::int64_t>();
        totals.rows += batch.size();
        return value;
    }

    void finish_epoch(int epoch, const EpochTotals& totals) {
        EpochReport report{epoch, totals.loss(), totals.accuracy(), std::nullopt};
        if (validation_.size() > 0) {
            report.validation = measure(validation_.labels, predict(weights_, config_, validation_));
        }
        const auto score = report.validation ? report.validation->macro_f1 : static_cast<double>(epoch);
        if (result_.best_epoch == 0 || score > best_score_) {
            best_score_ = score;
            result_.best_epoch = epoch;
            best_.take(weights_);
        }
        if (callbacks_.on_epoch) callbacks_.on_epoch(report);
        result_.epochs.push_back(report);
    }

    model::BertWeights& weights_;
    const model_folder::BertConfig& config_;
    const TrainingSet& training_;
    const TrainingSet& validation_;
    const FitOptions& options_;
    const FitCallbacks& callbacks_;
    std::mt19937 random_;
    AdamW optimiser_;
    std::vector<std::size_t> lengths_;
    std::int64_t updates_ = 0;
    std::int64_t warmup_ = 0;
    std::int64_t update_ = 0;
    double best_score_ = 0;
    Snapshot best_;
    FitResult result_;
};

}  // namespace

api::outcome<FitResult> fit(model::BertWeights& weights, const model_folder::BertConfig& config,
                            const TrainingSet& training, const TrainingSet& validation,
                            const FitOptions& options, const FitCallbacks& callbacks) {
    at::manual_seed(options.seed);
    Loop loop(weights, config, training, validation, options, callbacks);
    auto result = loop.run();
    model::transform(weights, [](const at::Tensor& tensor) { return tensor.detach(); });
    return result;
}

}  // namespace nunchi::trainer
