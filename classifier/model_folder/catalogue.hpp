// Where models are looked for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::model_folder {

/// Folders that hold model folders, in the order in which they are searched.
using ModelDirectories = std::vector<std::filesystem::path>;

/// `name_or_path` as a path when it has a slash or is "." or "..", else the first folder of that name in
/// `directories`. A Failure says where was looked.
api::outcome<std::filesystem::path> find_model(const std::string& name_or_path,
                                               const ModelDirectories& directories);

/// Every folder in `directories` that has a config.json, by directory and then by name.
std::vector<std::filesystem::path> list_models(const ModelDirectories& directories);

}  // namespace nunchi::model_folder
