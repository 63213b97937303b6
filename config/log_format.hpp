// How a log line looks.
#pragma once

#include <spdlog/formatter.h>

#include <memory>

#include "config/settings.hpp"

namespace nunchi::config {

/// human: `2026-01-31 09:30:00.123 info  nunchi: message` in local time, colours left to the sink, control
/// characters escaped, so that one record is one line.
/// json: `{"ts":"2026-01-31T00:30:00.123Z","level":"info","logger":"nunchi","message":"message"}`, valid JSON
/// and UTF-8 for any bytes in the message.
std::unique_ptr<spdlog::formatter> make_log_formatter(LogFormat format);

}  // namespace nunchi::config
