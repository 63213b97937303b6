// The classifier that runs in this process: a model folder behind libtorch.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model_folder/catalogue.hpp"
#include "classifier/model_folder/model_folder.hpp"
#include "config/environment.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

/// The folder that `model import` fills. Throws SettingsError when the settings name none and there is no
/// home.
std::filesystem::path own_models(const config::ClassifierSettings& settings,
                                 const config::Environment& environment);

/// Where models are looked for: the user's models folder, then those that came with the program.
model_folder::ModelDirectories model_directories(const config::ClassifierSettings& settings,
                                                 const config::Environment& environment);

struct LocalModel {
    model_folder::ModelFolder folder;
    std::shared_ptr<api::TokenClassifier> engine;
    std::unique_ptr<api::Classifier> classifier;
    std::string device;     // "cpu" or "cuda:0"
    std::string precision;  // "fp32" or "bf16"
};

/// Loads the model that the settings name and starts its inference thread. `on_error` gets libtorch's
/// messages.
api::outcome<LocalModel> load_local_model(const config::ClassifierSettings& settings,
                                          const config::Environment& environment,
                                          std::function<void(const std::string&)> on_error);

}  // namespace nunchi::bot
