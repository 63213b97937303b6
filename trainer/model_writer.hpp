// Writes a trained model as a folder in Hugging Face layout.
#pragma once

#include <cstddef>
#include <filesystem>

#include "classifier/api/error.hpp"
#include "classifier/model/bert_file.hpp"
#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "classifier/model_folder/folder_writer.hpp"
#include "classifier/model_folder/manifest.hpp"

namespace nunchi::trainer {

struct NewModel {
    model::BertWeights& weights;
    model_folder::BertConfig config;
    model_folder::Manifest manifest;  // hashes and golden sentences are filled in here
    std::filesystem::path spiece;     // copied as spiece.model
    std::size_t max_tokens = 64;
    model::StoredAs stored_as = model::StoredAs::f16;
};

/// Writes the folder beside its place, opens it again as a server would, records its golden sentences, writes
/// the model card, and puts it in place. A Failure leaves nothing behind, and a folder that was there as it
/// was.
api::outcome<void> write_model_folder(const std::filesystem::path& place, const NewModel& model,
                                      model_folder::IfExists if_exists);

}  // namespace nunchi::trainer
