// Where training stands between two updates, in memory and in a file.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::trainer {

struct ValidationScore {
    double accuracy = 0;
    double macro_f1 = 0;
};

struct EpochReport {
    int epoch = 0;
    double training_loss = 0;
    double training_accuracy = 0;               // while training, with dropout on
    std::optional<ValidationScore> validation;  // absent when there are no validation rows
};

/// {"epoch", "training_loss", "training_accuracy"[, "validation_accuracy", "validation_macro_f1"]}
nlohmann::ordered_json to_json(const EpochReport& report);
EpochReport epoch_report_from(const nlohmann::ordered_json& json);

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

struct TrainingState {
    nlohmann::ordered_json position;  // the loop's counters, scores and generators
    NamedTensors tensors;  // weights, the best epoch's weights, AdamW's moments, dropout's generator
};

/// One safetensors file, which appears complete or not at all; `run` describes the training that it belongs
/// to. errc::io_error, also for a full disk.
api::outcome<void> save_training_state(const std::filesystem::path& path, const TrainingState& state,
                                       const nlohmann::ordered_json& run);

struct SavedTraining {
    TrainingState state;
    nlohmann::ordered_json run;
};

/// The errors of SafetensorsFile::open; errc::bad_format for a file that save_training_state did not write.
api::outcome<SavedTraining> load_training_state(const std::filesystem::path& path);

/// Copies tensors of the same names and shapes into `live`. errc::bad_format names the first that is missing
/// or differs.
api::outcome<void> copy_tensors(const NamedTensors& saved, const NamedTensors& live);

/// Dropout's generator: its state as a tensor with a name, and back.
std::pair<std::string, at::Tensor> generator_state(const at::Device& device);
void restore_generator(const NamedTensors& saved, const at::Device& device);

/// A generator's state in the notation of the standard.
std::string to_text(const std::mt19937& random);
std::mt19937 random_from(const std::string& text);

/// errc::bad_format: the position lacks something.
api::Failure unreadable_state();

}  // namespace nunchi::trainer
