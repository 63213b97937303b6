// The tensors of a weights file that make up a BERT classifier, by their names of today.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "classifier/weights/tensor_view.hpp"

namespace nunchi::model {

/// The same tensors as BertForSequenceClassification calls them: with `bert.`, without `module.`
/// (DataParallel), with LayerNorm's old `gamma` and `beta` as weight and bias. `position_ids` and the
/// pre-training heads `cls.*` are left out. A Failure names `file` and the tensors that come under two names.
api::outcome<std::vector<weights::TensorView>> bert_tensors(std::span<const weights::TensorView> tensors,
                                                            const std::filesystem::path& file);

/// The tensor of this name in what bert_tensors gave; null when it is missing.
const weights::TensorView* find_tensor(std::span<const weights::TensorView> tensors, std::string_view name);

/// Every tensor of the configuration is there, in its shape, of type F32, F16, BF16 or F64, without NaN and
/// infinity; and no other is. A Failure names `file` and all that is wrong.
api::outcome<void> check_bert_tensors(std::span<const weights::TensorView> tensors,
                                      const model_folder::BertConfig& config,
                                      const std::filesystem::path& file);

}  // namespace nunchi::model
