// A model folder in Hugging Face layout, opened and checked; the weights themselves are loaded by
// classifier/model.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "classifier/model_folder/manifest.hpp"

namespace nunchi::model_folder {

inline constexpr const char* kConfigFile = "config.json";
inline constexpr const char* kManifestFile = "nunchi.json";
inline constexpr const char* kWeightsFile = "model.safetensors";
inline constexpr const char* kSpieceFile = "spiece.model";
inline constexpr const char* kModelCardFile = "MODEL_CARD.md";

struct ModelFolder {
    std::filesystem::path path;
    std::string name;  // the folder's own name
    BertConfig config;
    Manifest manifest;          // defaults when the folder has no nunchi.json
    bool has_manifest = false;  // false: written by something else, for example transformers
    std::string weights_hash;   // SHA-256 of model.safetensors

    std::filesystem::path weights_file() const { return path / kWeightsFile; }
    std::filesystem::path spiece_file() const { return path / kSpieceFile; }

    /// "starter@1a2b3c4d5e6f": the name and the first 12 digits of the weights' hash.
    std::string model_id() const;
};

/// Reads the small files, requires the large ones to exist, and compares every hash that nunchi.json lists.
/// A Failure names the file that is missing, broken or changed.
api::outcome<ModelFolder> open_model_folder(const std::filesystem::path& path);

/// The same for a folder whose weights lie in another place or format: config.json, spiece.model and
/// nunchi.json are read, no hash is compared, and weights_hash stays empty.
api::outcome<ModelFolder> open_folder_without_weights(const std::filesystem::path& path);

}  // namespace nunchi::model_folder
