#include "trainer/pretrain.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "trainer/length_buckets.hpp"
#include "trainer/schedule.hpp"

namespace nunchi::trainer {
namespace {

/// The layers that only pre-training needs; the decoder shares the word embeddings.
struct Heads {
    at::Tensor transform_weight, transform_bias;
    at::Tensor norm_weight, norm_bias;
    at::Tensor decoder_bias;
    at::Tensor rating_weight, rating_bias;
};

Heads draw_heads(const model_folder::BertConfig& config, std::uint32_t seed, const at::Device& device) {
    auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
    const auto hidden = config.hidden_size;
    // Drawn on the CPU, so that the start does not depend on the device.
    return {at::empty({hidden, hidden}).normal_(0, config.initializer_range, random).to(device),
            at::zeros({hidden}, device),
            at::ones({hidden}, device),
            at::zeros({hidden}, device),
            at::zeros({config.vocab_size}, device),
            at::empty({kRatings, hidden}).normal_(0, config.initializer_range, random).to(device),
            at::zeros({kRatings}, device)};
}

std::vector<std::pair<std::string, at::Tensor>> trainable(model::BertWeights& weights, Heads& heads,
                                                          bool uses_ratings) {
    std::vector<std::pair<std::string, at::Tensor>> list{{"transform.weight", heads.transform_weight},
                                                         {"transform.bias", heads.transform_bias},
                                                         {"transform.LayerNorm.weight", heads.norm_weight},
                                                         {"transform.LayerNorm.bias", heads.norm_bias},
                                                         {"decoder.bias", heads.decoder_bias}};
    if (uses_ratings) {
        list.emplace_back("rating.weight", heads.rating_weight);
        list.emplace_back("rating.bias", heads.rating_bias);
    }
    for (const auto& [name, tensor] : model::parameters(weights)) {
        // Without ratings nothing reads the pooler, and an optimiser needs a gradient for each parameter.
        if (!uses_ratings && name.find("pooler") != std::string::npos) continue;
        list.emplace_back(name, *tensor);
    }
    for (auto& [name, tensor] : list) tensor.requires_grad_(true);
    return list;
}

/// A mean that forgets: about the last 200 values.
class RunningMean {
public:
    void add(double value) {
        weight_ = std::min(weight_ + 1, 200.0);
        mean_ += (value - mean_) / weight_;
    }
    double value() const { return mean_; }

    nlohmann::ordered_json to_json() const { return {mean_, weight_}; }
    static RunningMean from_json(const nlohmann::ordered_json& json) {
        RunningMean mean;
        mean.mean_ = json.at(0);
        mean.weight_ = json.at(1);
        return mean;
    }

private:
    double mean_ = 0;
    double weight_ = 0;
};

bool has_ratings(const Corpus& corpus, const PretrainOptions& options) {
    return options.rating_weight > 0 && std::any_of(corpus.ratings.begin(), corpus.ratings.end(),
                                                    [](auto rating) { return rating != Corpus::kNoRating; });
}

class Loop {
public:
    Loop(model::BertWeights& weights, const model_folder::BertConfig& config, const Corpus& corpus,
         const PretrainOptions& options)
        : weights_(weights),
          config_(config),
          corpus_(corpus),
          options_(options),
          uses_ratings_(has_ratings(corpus, options)),
          device_(weights.word_embeddings.device()),
          heads_(draw_heads(config, options.seed, device_)),
          random_(options.seed),
          parameters_(trainable(weights, heads_, uses_ratings_)),
          optimiser_(parameters_, options.adamw) {
        for (const auto& ids : corpus.ids) lengths_.push_back(ids.size());
        const auto batches = (corpus.size() + options.batch_size - 1) / options.batch_size;
        total_ = static_cast<std::int64_t>(batches) * options.epochs;
        warmup_ = static_cast<std::int64_t>(static_cast<double>(total_) * options.warmup_ratio);
    }

    api::outcome<PretrainResult> run(const PretrainCallbacks& callbacks) {
        for (; epoch_ <= options_.epochs; ++epoch_) {
            const auto batches = next_batches();
            while (batch_ < batches.size()) {
                if (callbacks.is_cancelled && callbacks.is_cancelled()) {
                    keep_state(callbacks);
                    return result(true);
                }
                const auto rate = options_.learning_rate * warmup_cosine(update_, warmup_, total_);
                if (!train_on(batches[batch_], rate)) {
                    return api::failure(api::errc::inference_failed, "the loss is not finite in update " +
                                                                         std::to_string(update_) +
                                                                         "; lower --learning-rate");
                }
                ++update_;
                rows_done_ += batches[batch_++].size();
                if (callbacks.on_batch) {
                    callbacks.on_batch(
                        {epoch_, options_.epochs, rows_done_, corpus_.size(), masked_.value(), rate});
                }
                if (options_.save_steps > 0 && update_ % options_.save_steps == 0) keep_state(callbacks);
            }
            batch_ = rows_done_ = 0;
        }
        return result(false);
    }

    api::outcome<void> resume(const TrainingState& saved) {
        try {
            read_position(saved.position);
        } catch (const nlohmann::json::exception&) {
            return unreadable_state();
        }
        if (auto copied = copy_tensors(saved.tensors, live_tensors()); !copied) return copied;
        restore_generator(saved.tensors, device_);
        return {};
    }

private:
    PretrainResult result(bool was_cancelled) const {
        return {masked_.value(), rating_.value(), update_, was_cancelled};
    }

    /// The batches of an epoch are drawn first, then what is hidden of each; an epoch that is taken up again
    /// draws the same ones.
    std::vector<Batch> next_batches() {
        if (batch_ == 0) {
            epoch_random_ = random_;
            return length_buckets(lengths_, options_.batch_size, random_);
        }
        auto random = epoch_random_;
        return length_buckets(lengths_, options_.batch_size, random);
    }

    void keep_state(const PretrainCallbacks& callbacks) {
        if (!callbacks.keep_state) return;
        auto tensors = live_tensors();
        tensors.push_back(generator_state(device_));
        callbacks.keep_state({{{"epoch", epoch_},
                               {"batch", batch_},
                               {"rows_done", rows_done_},
                               {"update", update_},
                               {"epoch_random", to_text(epoch_random_)},
                               {"random", to_text(random_)},
                               {"masked_loss", masked_.to_json()},
                               {"rating_loss", rating_.to_json()}},
                              std::move(tensors)});
    }

    void read_position(const nlohmann::ordered_json& position) {
        epoch_ = position.at("epoch");
        batch_ = position.at("batch");
        rows_done_ = position.at("rows_done");
        update_ = position.at("update");
        epoch_random_ = random_from(position.at("epoch_random"));
        random_ = random_from(position.at("random"));
        masked_ = RunningMean::from_json(position.at("masked_loss"));
        rating_ = RunningMean::from_json(position.at("rating_loss"));
    }

    NamedTensors live_tensors() {
        NamedTensors tensors;
        for (const auto& [name, tensor] : parameters_) tensors.emplace_back("model." + name, tensor);
        for (const auto& [name, tensor] : optimiser_.state()) tensors.emplace_back("adamw." + name, tensor);
        return tensors;
    }

    at::Tensor masked_loss(const at::Tensor& hidden, const MaskedBatch& masked) const {
        const auto rows = at::index_select(hidden, 0, at::tensor(masked.rows, at::kLong).to(device_));
        const auto inner = at::gelu(at::linear(rows, heads_.transform_weight, heads_.transform_bias), "none");
        const auto normed = at::layer_norm(inner, {config_.hidden_size}, heads_.norm_weight, heads_.norm_bias,
                                           config_.layer_norm_eps);
        const auto logits = at::linear(normed, weights_.word_embeddings, heads_.decoder_bias);
        return at::cross_entropy_loss(logits, at::tensor(masked.targets, at::kLong).to(device_));
    }

    at::Tensor rating_loss(const at::Tensor& pooled, const Batch& batch) const {
        std::vector<std::int64_t> ratings;
        ratings.reserve(batch.size());
        for (const auto row : batch) ratings.push_back(corpus_.ratings[row]);
        const auto targets = at::tensor(ratings, at::kLong).to(device_);
        // The sum over an empty set is 0, the mean is not a number.
        const auto count =
            std::max<std::int64_t>(1, targets.ne(Corpus::kNoRating).sum().item<std::int64_t>());
        const auto logits = at::linear(pooled, heads_.rating_weight, heads_.rating_bias);
        return at::cross_entropy_loss(logits, targets, {}, at::Reduction::Sum, Corpus::kNoRating) /
               static_cast<double>(count);
    }

    bool train_on(const Batch& batch, double rate) {
        std::vector<const std::vector<std::int32_t>*> sentences;
        sentences.reserve(batch.size());
        for (const auto row : batch) sentences.push_back(&corpus_.ids[row]);
        const auto masked =
            mask(sentences, static_cast<std::int32_t>(config_.vocab_size), options_.mask_share, random_);
        if (masked.rows.empty()) return true;
        std::vector<model::Message> messages;
        messages.reserve(batch.size());
        for (const auto& ids : masked.ids) messages.push_back({.ids = ids});
        const auto encoded = model::forward(weights_, config_, model::pack(messages, device_),
                                            {.dropout = options_.dropout, .all_tokens = true});
        auto loss = masked_loss(encoded.hidden, masked);
        const auto masked_value = loss.item<double>();
        if (uses_ratings_) {
            const auto of_ratings = rating_loss(encoded.pooled, batch);
            rating_.add(of_ratings.item<double>());
            loss = loss + of_ratings * options_.rating_weight;
        }
        if (!std::isfinite(loss.item<double>())) return false;
        masked_.add(masked_value);
        torch::autograd::backward({loss}, {});
        optimiser_.clip_gradients(options_.max_gradient_norm);
        optimiser_.step(rate);
        optimiser_.zero_grad();
        return true;
    }

    model::BertWeights& weights_;
    const model_folder::BertConfig& config_;
    const Corpus& corpus_;
    const PretrainOptions& options_;
    bool uses_ratings_;
    at::Device device_;
    Heads heads_;
    std::mt19937 random_;
    std::mt19937 epoch_random_;  // as it was before this epoch's batches were drawn
    NamedTensors parameters_;
    AdamW optimiser_;
    std::vector<std::size_t> lengths_;
    std::int64_t total_ = 0;
    std::int64_t warmup_ = 0;
    int epoch_ = 1;
    std::size_t batch_ = 0;  // the next one of this epoch
    std::size_t rows_done_ = 0;
    std::int64_t update_ = 0;
    RunningMean masked_;
    RunningMean rating_;
};

}  // namespace

api::outcome<PretrainResult> pretrain(model::BertWeights& weights, const model_folder::BertConfig& config,
                                      const Corpus& corpus, const PretrainOptions& options,
                                      const PretrainCallbacks& callbacks, const TrainingState* resumed) {
    at::manual_seed(options.seed);
    Loop loop(weights, config, corpus, options);
    api::outcome<PretrainResult> result = PretrainResult();
    if (const auto possible = resumed == nullptr ? api::outcome<void>() : loop.resume(*resumed); possible) {
        result = loop.run(callbacks);
    } else {
        result = possible.error();
    }
    model::transform(weights, [](const at::Tensor& tensor) { return tensor.detach(); });
    return result;
}

}  // namespace nunchi::trainer
