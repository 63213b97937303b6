// Loggers are made by main from the settings and handed down; there is no global one.
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string>

#include "config/settings.hpp"

namespace nunchi::config {

/// A logger to standard error, with colours when that is a terminal and the lines are for people.
/// Thread-safe.
std::shared_ptr<spdlog::logger> make_logger(const LogSettings& settings, std::string name = "nunchi");

/// The same to a sink of the caller's.
std::shared_ptr<spdlog::logger> make_logger(const LogSettings& settings, std::string name,
                                            spdlog::sink_ptr sink);

/// From the next line on. Thread-safe.
void set_level(spdlog::logger& logger, LogLevel level);

}  // namespace nunchi::config
