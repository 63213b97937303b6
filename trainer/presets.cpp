#include "trainer/presets.hpp"

#include <algorithm>
#include <array>

namespace nunchi::trainer {
namespace {

void apply_default(FitCommand& command) {
    command.options = FitOptions{.epochs = 8,
                                 .batch_size = 32,
                                 .learning_rate = 5e-5,
                                 .label_smoothing = 0.1,
                                 .patience = 2,
                                 .dropout = {.hidden = 0.1, .attention = 0.1, .classifier = 0.1},
                                 .adamw = {}};
    command.validation_fraction = 0.1;
    command.start.uses_normaliser = true;
    command.start.max_tokens = 64;
}

/// Mingguriguri/AI_emotion_classification. One thing differs: its AdamW (transformers 4.8.2) adds eps before
/// the bias correction and decays after the step; ours is PyTorch's.
void apply_notebook(FitCommand& command) {
    command.options = FitOptions{.epochs = 5,
                                 .batch_size = 16,
                                 .learning_rate = 5e-5,
                                 .warmup_ratio = 0.1,
                                 .max_gradient_norm = 1,
                                 .label_smoothing = 0,
                                 .order = BatchOrder::as_given,
                                 .dropout = {.hidden = 0.1, .attention = 0.1, .classifier = 0.5},
                                 .adamw = {.beta1 = 0.9, .beta2 = 0.999, .eps = 1e-6, .weight_decay = 0.01}};
    command.validation_fraction = 0;
    command.start.uses_normaliser = false;
    command.start.max_tokens = 64;
}

void apply_head(FitCommand& command) {
    apply_default(command);
    command.options.only_head = true;
    command.options.epochs = 30;
    command.options.patience = 3;
    command.options.learning_rate = 2e-3;
    command.options.batch_size = 64;
    command.options.label_smoothing = 0;
}

constexpr std::array kPresets{
    Preset{"default", "length buckets, label smoothing, stops when the validation rows no longer gain",
           apply_default},
    Preset{"notebook",
           "the original notebook's values: 5 epochs in fixed batches of 16, raw text, no validation",
           apply_notebook},
    Preset{"head", "a new head on an encoder that stays as it is: seconds on a CPU", apply_head},
};

}  // namespace

std::span<const Preset> presets() {
    return kPresets;
}

void apply_preset(std::string_view name, FitCommand& command) {
    const auto found = std::ranges::find(kPresets, name, &Preset::name);
    if (found == kPresets.end()) return;
    found->apply(command);
    command.preset = name;
}

nlohmann::ordered_json recipe(const FitCommand& command) {
    const auto& options = command.options;
    return {{"preset", command.preset},
            {"epochs", options.epochs},
            {"batch_size", options.batch_size},
            {"accumulated_batches", options.accumulated_batches},
            {"learning_rate", options.learning_rate},
            {"warmup_ratio", options.warmup_ratio},
            {"schedule", "linear warm-up, half a cosine"},
            {"adamw",
             {{"beta1", options.adamw.beta1}, {"beta2", options.adamw.beta2}, {"eps", options.adamw.eps}}},
            {"weight_decay", options.adamw.weight_decay},
            {"max_gradient_norm", options.max_gradient_norm},
            {"label_smoothing", options.label_smoothing},
            {"r_drop", options.r_drop},
            {"class_weights", options.balances_classes ? "balanced" : "none"},
            {"batch_order", options.order == BatchOrder::by_length ? "by length" : "as given"},
            {"only_head", options.only_head},
            {"layers_unfrozen_per_epoch", options.layers_unfrozen_per_epoch},
            {"patience", options.patience},
            {"precision", options.uses_bf16 ? "bf16" : "fp32"},
            {"dropout", options.dropout.hidden},
            {"attention_dropout", options.dropout.attention},
            {"classifier_dropout", options.dropout.classifier},
            {"max_tokens", command.start.max_tokens},
            {"normaliser", command.start.uses_normaliser},
            {"seed", options.seed}};
}

}  // namespace nunchi::trainer
