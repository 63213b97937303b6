#include "config/logging.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <utility>

#include "config/log_format.hpp"

namespace nunchi::config {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::trace: return spdlog::level::trace;
        case LogLevel::debug: return spdlog::level::debug;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warn: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::sink_ptr stderr_sink(LogFormat format) {
    if (format == LogFormat::json) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    return std::make_shared<spdlog::sinks::stderr_color_sink_mt>(spdlog::color_mode::automatic);
}

}  // namespace

std::shared_ptr<spdlog::logger> make_logger(const LogSettings& settings, std::string name) {
    return make_logger(settings, std::move(name), stderr_sink(settings.format));
}

std::shared_ptr<spdlog::logger> make_logger(const LogSettings& settings, std::string name,
                                            spdlog::sink_ptr sink) {
    auto logger = std::make_shared<spdlog::logger>(std::move(name), std::move(sink));
    logger->set_formatter(make_log_formatter(settings.format));
    logger->set_level(spdlog_level(settings.level));
    return logger;
}

void set_level(spdlog::logger& logger, LogLevel level) {
    logger.set_level(spdlog_level(level));
}

}  // namespace nunchi::config
