// `nunchi run`: every part, put together and running until it is told to stop.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include <spdlog/logger.h>
#include "classifier/api/error.hpp"
#include "config/environment.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

struct DaemonOptions {
    config::Settings settings;
    config::Environment environment;
    std::optional<std::filesystem::path> settings_file;  // named on the command line; read again at SIGHUP
    std::shared_ptr<spdlog::logger> log;
    /// Called once, when the private listener is open, with the address for a browser: it holds a one-time
    /// key where a token is set.
    std::function<void(const std::string& url)> on_open;
};

/// Runs on the calling thread until SIGTERM or SIGINT, and returns the exit code of sysexits.h. The signal
/// stops the intake, gives what is under way ten seconds, keeps the sessions, and returns 0; a second one
/// ends the process at once. SIGHUP reads the settings again. A Failure says what could not be started.
api::outcome<int> run_daemon(DaemonOptions options);

}  // namespace nunchi::bot
