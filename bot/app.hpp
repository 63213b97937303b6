// The composition root: the only place that knows every concrete type.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model_folder/catalogue.hpp"
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

struct LoadedClassifier {
    std::shared_ptr<api::TokenClassifier> engine;
    std::unique_ptr<api::Classifier> classifier;
    std::string model_id;
    std::string attribution;  // what the terms of the training data ask us to show; may be empty
    std::string device;
};

/// Loads the model that the settings name and starts its inference thread. `on_error` gets libtorch's
/// messages.
api::outcome<LoadedClassifier> load_classifier(const config::ClassifierSettings& settings,
                                               const config::Environment& environment,
                                               std::function<void(const std::string&)> on_error);

}  // namespace nunchi::bot
