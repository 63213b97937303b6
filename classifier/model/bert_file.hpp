// BERT weights from and to model.safetensors.
#pragma once

#include <filesystem>

#include "classifier/api/error.hpp"
#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::model {

/// Whether a file without `classifier.*` is complete.
enum class Head {
    required,  // for serving
    optional,  // for training: a missing head leaves the classifier undefined
};

/// Reads F32, F16, BF16 and F64 tensors as fp32 on the CPU. Names may stand with or without `bert.`, with
/// `module.` in front (DataParallel) and with LayerNorm's old `gamma` and `beta`; `position_ids` and the
/// pre-training heads `cls.*` are ignored. All missing, unexpected and wrongly shaped tensors are reported in
/// one Failure; so are NaN, infinity and numbers that fp32 cannot hold.
api::outcome<BertWeights> load_bert(const std::filesystem::path& path, const model_folder::BertConfig& config,
                                    Head head);

enum class StoredAs { f32, f16 };

/// Writes the weights under their Hugging Face names; `weights` must not be prepacked.
api::outcome<void> save_bert(const std::filesystem::path& path, BertWeights& weights,
                             const model_folder::BertConfig& config, StoredAs stored_as);

}  // namespace nunchi::model
