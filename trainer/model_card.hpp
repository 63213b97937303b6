// MODEL_CARD.md, written from the model's ledger.
#pragma once

#include <string>

#include "classifier/model_folder/bert_config.hpp"
#include "classifier/model_folder/manifest.hpp"

namespace nunchi::trainer {

/// Markdown: what the model is, what it was trained on, its measured figures, its limits.
std::string model_card(const std::string& name, const model_folder::BertConfig& config,
                       const model_folder::Manifest& manifest);

}  // namespace nunchi::trainer
