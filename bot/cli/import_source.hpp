// What `nunchi model import` was given: where its weights, its configuration and its vocabulary lie.
#pragma once

#include <filesystem>
#include <string>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::cli {

struct ImportSource {
    std::filesystem::path weights;     // model.safetensors, pytorch_model.bin, or the file that was named
    model_folder::ModelFolder folder;  // config.json, vocabulary and manifest: its own, or those of --base
    std::string name;                  // of the folder, or of the file without its ending
    bool is_whole = false;             // a folder in our format already: its files are copied as they are
};

/// A folder with model.safetensors or pytorch_model.bin beside its config.json and spiece.model, or a file or
/// folder of weights with `base` for the rest. A Failure names what is missing.
api::outcome<ImportSource> find_import_source(const std::filesystem::path& source,
                                              const std::filesystem::path& base);

/// What holds for other weights, too: the vocabulary, how text is prepared for it, and whom to name.
model_folder::Manifest manifest_for_new_weights(const model_folder::Manifest& manifest);

}  // namespace nunchi::cli
