// The weights of an imported model: from any format and any names to model.safetensors and config.json.
#pragma once

#include <filesystem>
#include <string>

#include "bot/cli/head_labels.hpp"
#include "bot/cli/import_source.hpp"
#include "classifier/api/error.hpp"

namespace nunchi::cli {

struct ImportedWeights {
    std::string format;  // "torch zip", "torch legacy" or "safetensors"
    bool has_head = false;
    LabelSource labels = LabelSource::config;
};

/// Writes model.safetensors and config.json into `folder`. The tensors keep their type and every bit; they
/// get the names of BertForSequenceClassification, and the head loses the rows that `labels` leave out. A
/// Failure names what does not fit.
api::outcome<ImportedWeights> import_weights(const ImportSource& source, const std::string& labels,
                                             const Ask& ask, const std::filesystem::path& folder);

}  // namespace nunchi::cli
