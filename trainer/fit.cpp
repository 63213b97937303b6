#include "trainer/fit.hpp"

#include <ATen/ops/linear.h>
#include <c10/core/GradMode.h>

#include <torch/csrc/autograd/autograd.h>
#include <algorithm>
#include <cmath>
#include <random>

#include "trainer/batch_loss.hpp"
#include "trainer/length_buckets.hpp"
#include "trainer/schedule.hpp"

namespace nunchi::trainer {
namespace {

/// How far from the head a parameter stands: 0 head and pooler, then the layers from the top, then the
/// embeddings.
int depth_of(const std::string& name, int layers) {
    constexpr std::string_view kLayer = "bert.encoder.layer.";
    if (name.starts_with(kLayer)) return layers - std::stoi(name.substr(kLayer.size()));
    return name.find("embeddings") == std::string::npos ? 0 : layers + 1;
}

NamedTensors trainable(model::BertWeights& weights, const FitOptions& options) {
    NamedTensors list;
    for (const auto& [name, tensor] : model::parameters(weights)) {
        if (options.only_head && !name.starts_with("classifier.")) continue;
        tensor->requires_grad_(true);
        list.emplace_back(name, *tensor);
    }
    return list;
}

std::vector<Batch> batches_in_order(std::size_t rows, std::size_t batch_size) {
    std::vector<Batch> batches;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % batch_size == 0) batches.emplace_back();
        batches.back().push_back(static_cast<std::uint32_t>(row));
    }
    return batches;
}

struct EpochTotals {
    double loss_sum = 0;
    double weight = 0;
    std::int64_t correct = 0;
    std::size_t rows = 0;

    double loss() const { return weight == 0 ? 0 : loss_sum / weight; }
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
          parameters_(trainable(weights, options)),
          optimiser_(parameters_, options.adamw),
          batch_loss_(weights, config, training, options),
          lengths_(training.lengths()) {
        const auto batches = (training.size() + options.batch_size - 1) / options.batch_size;
        const auto updates = (batches + options.accumulated_batches - 1) / options.accumulated_batches;
        updates_ = static_cast<std::int64_t>(updates) * options.epochs;
        warmup_ = static_cast<std::int64_t>(static_cast<double>(updates_) * options.warmup_ratio);
        if (options.only_head) validation_pooled_ = pooled_vectors(weights, config, validation);
    }

    api::outcome<FitResult> run() {
        while (epoch_ <= options_.epochs && !is_out_of_patience()) {
            if (auto done = run_epoch(); !done) {
                restore_best();
                return done.error();
            }
            if (result_.was_cancelled) {
                keep_state();
                break;
            }
            finish_epoch();
            keep_state();
        }
        if (validation_.size() > 0 || result_.was_cancelled) restore_best();
        return std::move(result_);
    }

    api::outcome<void> resume(const TrainingState& saved) {
        try {
            read_position(saved.position);
        } catch (const nlohmann::json::exception&) {
            return unreadable_state();
        }
        if (result_.best_epoch > 0) take_best();  // gives the copies their shapes
        if (auto copied = copy_tensors(saved.tensors, live_tensors()); !copied) return copied;
        restore_generator(saved.tensors, weights_.word_embeddings.device());
        return {};
    }

private:
    // Position: all that decides how training goes on, beside the tensors.

    nlohmann::ordered_json position() const {
        nlohmann::ordered_json epochs = nlohmann::ordered_json::array();
        for (const auto& report : result_.epochs) epochs.push_back(to_json(report));
        return {{"epoch", epoch_},
                {"batch", batch_},
                {"update", update_},
                {"random", to_text(epoch_random_)},
                {"loss_sum", totals_.loss_sum},
                {"weight", totals_.weight},
                {"correct", totals_.correct},
                {"rows", totals_.rows},
                {"best_epoch", result_.best_epoch},
                {"best_score", best_score_},
                {"epochs", epochs}};
    }

    void read_position(const nlohmann::ordered_json& position) {
        epoch_ = position.at("epoch");
        batch_ = position.at("batch");
        update_ = position.at("update");
        random_ = epoch_random_ = random_from(position.at("random"));
        totals_ = {position.at("loss_sum"), position.at("weight"), position.at("correct"),
                   position.at("rows")};
        result_.best_epoch = position.at("best_epoch");
        best_score_ = position.at("best_score");
        for (const auto& report : position.at("epochs")) result_.epochs.push_back(epoch_report_from(report));
    }

    NamedTensors live_tensors() {
        NamedTensors tensors;
        for (const auto& [name, tensor] : parameters_) tensors.emplace_back("model." + name, tensor);
        for (std::size_t i = 0; i < best_.size(); ++i)
            tensors.emplace_back("best." + parameters_[i].first, best_[i]);
        for (const auto& [name, tensor] : optimiser_.state()) tensors.emplace_back("adamw." + name, tensor);
        return tensors;
    }

    void keep_state() {
        if (!callbacks_.keep_state) return;
        auto tensors = live_tensors();
        tensors.push_back(generator_state(weights_.word_embeddings.device()));
        callbacks_.keep_state({position(), std::move(tensors)});
    }

    // Training.

    std::vector<Batch> next_batches() {
        // An epoch that is taken up again draws the batches that it drew before.
        if (batch_ == 0) epoch_random_ = random_;
        if (options_.order == BatchOrder::as_given)
            return batches_in_order(training_.size(), options_.batch_size);
        return length_buckets(lengths_, options_.batch_size, random_);
    }

    api::outcome<void> run_epoch() {
        unfreeze();
        const auto batches = next_batches();
        while (batch_ < batches.size()) {
            if (callbacks_.is_cancelled && callbacks_.is_cancelled()) {
                result_.was_cancelled = true;
                return {};
            }
            const auto count = std::min(options_.accumulated_batches, batches.size() - batch_);
            const auto rate = options_.learning_rate * warmup_cosine(update_, warmup_, updates_);
            if (!train_on(std::span(batches).subspan(batch_, count), rate)) {
                return api::failure(api::errc::inference_failed,
                                    "the loss is not finite in epoch " + std::to_string(epoch_) +
                                        ", update " + std::to_string(update_) +
                                        "; lower --learning-rate or --max-gradient-norm");
            }
            ++update_;
            batch_ += count;
            if (callbacks_.on_batch) {
                callbacks_.on_batch(
                    {epoch_, options_.epochs, totals_.rows, training_.size(), totals_.loss(), rate});
            }
            if (options_.save_steps > 0 && update_ % options_.save_steps == 0) keep_state();
        }
        return {};
    }

    /// One update; false when the loss is not finite, and then nothing has moved.
    bool train_on(std::span<const Batch> batches, double rate) {
        double weight = 0;
        for (const auto& batch : batches) weight += batch_loss_.weight_of(batch);
        optimiser_.zero_grad();
        auto totals = totals_;
        for (const auto& batch : batches) {
            const auto [loss, correct] = batch_loss_.of(batch);
            const auto sum = loss.item<double>();
            if (!std::isfinite(sum)) return false;
            torch::autograd::backward({loss / weight}, {});
            totals.loss_sum += sum;
            totals.correct += correct;
            totals.rows += batch.size();
        }
        totals.weight += weight;
        optimiser_.clip_gradients(options_.max_gradient_norm);
        optimiser_.step(rate);
        totals_ = totals;
        return true;
    }

    void unfreeze() {
        if (options_.layers_unfrozen_per_epoch == 0 || options_.only_head) return;
        const auto reach = options_.layers_unfrozen_per_epoch * (epoch_ - 1);
        for (auto& [name, tensor] : parameters_)
            tensor.requires_grad_(depth_of(name, static_cast<int>(config_.num_hidden_layers)) <= reach);
    }

    void finish_epoch() {
        EpochReport report{epoch_, totals_.loss(), totals_.accuracy(), std::nullopt};
        if (validation_.size() > 0) {
            const auto metrics = measure(validation_.labels, predict_validation());
            report.validation = ValidationScore{metrics.accuracy, metrics.macro_f1};
        }
        const auto score = report.validation ? report.validation->macro_f1 : static_cast<double>(epoch_);
        if (result_.best_epoch == 0 || score > best_score_) {
            best_score_ = score;
            result_.best_epoch = epoch_;
            take_best();
        }
        if (callbacks_.on_epoch) callbacks_.on_epoch(report);
        result_.epochs.push_back(report);
        ++epoch_;
        batch_ = 0;
        epoch_random_ = random_;
        totals_ = {};
    }

    std::vector<api::Emotion> predict_validation() const {
        if (!options_.only_head) return predict(weights_, config_, validation_);
        const c10::NoGradGuard no_grad;
        return most_probable(
            at::linear(validation_pooled_, weights_.classifier.weight, weights_.classifier.bias));
    }

    bool is_out_of_patience() const {
        return options_.patience > 0 && result_.best_epoch > 0 &&
               epoch_ - 1 - result_.best_epoch >= options_.patience;
    }

    void take_best() {
        best_.clear();
        for (const auto& [name, tensor] : parameters_) best_.push_back(tensor.detach().clone());
    }

    void restore_best() {
        const c10::NoGradGuard no_grad;
        for (std::size_t i = 0; i < best_.size(); ++i) parameters_[i].second.copy_(best_[i]);
    }

    model::BertWeights& weights_;
    const model_folder::BertConfig& config_;
    const TrainingSet& training_;
    const TrainingSet& validation_;
    const FitOptions& options_;
    const FitCallbacks& callbacks_;
    std::mt19937 random_;
    std::mt19937 epoch_random_;  // as it was before this epoch's batches were drawn
    NamedTensors parameters_;    // the live tensors that move
    AdamW optimiser_;
    BatchLoss batch_loss_;
    at::Tensor validation_pooled_;
    std::vector<std::size_t> lengths_;
    std::int64_t updates_ = 0;
    std::int64_t warmup_ = 0;

    int epoch_ = 1;
    std::size_t batch_ = 0;  // the next one of this epoch
    std::int64_t update_ = 0;
    EpochTotals totals_;
    double best_score_ = 0;
    std::vector<at::Tensor> best_;  // by parameter; empty before the first epoch's end
    FitResult result_;
};

}  // namespace

api::outcome<FitResult> fit(model::BertWeights& weights, const model_folder::BertConfig& config,
                            const TrainingSet& training, const TrainingSet& validation,
                            const FitOptions& options, const FitCallbacks& callbacks,
                            const TrainingState* resumed) {
    at::manual_seed(options.seed);
    Loop loop(weights, config, training, validation, options, callbacks);
    api::outcome<FitResult> result = FitResult();
    if (const auto possible = resumed == nullptr ? api::outcome<void>() : loop.resume(*resumed); possible) {
        result = loop.run();
    } else {
        result = possible.error();
    }
    model::transform(weights, [](const at::Tensor& tensor) { return tensor.detach(); });
    return result;
}

}  // namespace nunchi::trainer
