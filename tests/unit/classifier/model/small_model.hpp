// A small random classifier in a folder, over KoBERT's own vocabulary.
#pragma once

#include <filesystem>
#include <string>

#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::testing {

/// 2 layers of 32, 4 heads, the seven emotions, 8002 pieces.
model_folder::BertConfig small_config();

/// Normal with the given standard deviation, the same for the same seed.
model::BertWeights random_weights(const model_folder::BertConfig& config, double deviation, unsigned seed);

/// A fresh folder under the test's temporary directory with config.json, model.safetensors and spiece.model.
std::filesystem::path write_small_model(const std::string& name);

}  // namespace nunchi::testing
