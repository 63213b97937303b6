// What every verb of the command line starts from.
#pragma once

#include <spdlog/logger.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "config/environment.hpp"
#include "config/settings.hpp"

namespace CLI {
class App;
}

namespace nunchi::bot {

/// The options in front of the verb.
struct GlobalOptions {
    std::optional<std::filesystem::path> settings_file;
    std::string model;  // empty: the settings'
};

struct Program {
    config::Environment environment;
    config::Settings settings;
    std::shared_ptr<spdlog::logger> log;
};

/// Reads settings and environment and makes the logger. Throws config::SettingsError.
Program load_program(const GlobalOptions& options);

/// run, healthcheck, link, doctor. The references must outlive the parsing; the verb's exit code lands in
/// `exit_code`.
void add_daemon_verbs(CLI::App& app, const GlobalOptions& options, int& exit_code);

/// chat, classify, model: the verbs that read with a model in this process.
void add_terminal_verbs(CLI::App& app, const GlobalOptions& options, int& exit_code);

}  // namespace nunchi::bot
