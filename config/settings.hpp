// All settings of Nunchi, and how they are loaded.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/environment.hpp"
#include "config/schema.hpp"

namespace nunchi::config {

enum class LogLevel { trace, debug, info, warn, error };
enum class LogFormat { human, json };

struct LogSettings {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::human;
};

enum class Device {
    automatic,  // CUDA when there is a GPU that libtorch can use, else the CPU
    cpu,
    cuda,
};

struct ClassifierSettings {
    std::string model = "starter";     // a model folder's path, or the name of one in the models folder
    std::filesystem::path models_dir;  // empty: data_dir() / "models"
    Device device = Device::automatic;
    int threads = 0;                // 0: one per physical core
    int max_batch_tokens = 1024;    // at least max_tokens
    int max_queued_tokens = 65536;  // at least max_tokens; beyond it requests are refused as overloaded
    int max_tokens = 64;            // of one message, with [CLS] and [SEP]
};

struct Settings {
    LogSettings log;
    ClassifierSettings classifier;
};

/// The one place where sections and keys are declared. The settings must outlive the schema.
Schema schema_of(Settings& settings);

struct LoadedSettings {
    Settings settings;
    std::optional<std::filesystem::path> file;  // nothing: no file was found, the defaults hold
    std::vector<std::string> warnings;          // for the log, once it is set up
};

/// Finds the file (find_settings_file), reads it and the environment. Throws SettingsError with all that is
/// wrong.
LoadedSettings load_settings(const std::optional<std::filesystem::path>& explicit_file,
                             const Environment& environment);

/// config/nunchi.example.toml.
std::string example_settings();

}  // namespace nunchi::config
