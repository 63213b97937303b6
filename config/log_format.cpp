#include "config/log_format.hpp"

#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <spdlog/pattern_formatter.h>

#include <chrono>
#include <iterator>
#include <string_view>

#include "config/escape.hpp"

namespace nunchi::config {
namespace {

std::string_view as_view(spdlog::string_view_t text) {
    return {text.data(), text.size()};
}

/// The words that the setting log.level takes; spdlog's own say "warning".
std::string_view level_name(spdlog::level::level_enum level) {
    switch (level) {
        case spdlog::level::trace: return "trace";
        case spdlog::level::debug: return "debug";
        case spdlog::level::info: return "info";
        case spdlog::level::warn: return "warn";
        case spdlog::level::err: return "error";
        default: return "critical";
    }
}

class JsonFormatter final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& record, spdlog::memory_buf_t& out) override {
        const auto time = std::chrono::floor<std::chrono::milliseconds>(record.time);
        const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
        fmt::format_to(std::back_inserter(out),
                       R"({{"ts":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","logger":"{}","message":"{}"}})"
                       "\n",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), (time - seconds).count(),
                       level_name(record.level), json_escaped(as_view(record.logger_name)),
                       json_escaped(as_view(record.payload)));
    }

    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

/// The pattern's flag for a message that cannot forge further lines or steer the terminal.
class PrintableMessage final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& record, const std::tm&, spdlog::memory_buf_t& out) override {
        const std::string message = printable(as_view(record.payload));
        out.append(message.data(), message.data() + message.size());
    }

    std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
        return std::make_unique<PrintableMessage>();
    }
};

class PaddedLevel final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& record, const std::tm&, spdlog::memory_buf_t& out) override {
        fmt::format_to(std::back_inserter(out), "{:<5}", level_name(record.level));
    }

    std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
        return std::make_unique<PaddedLevel>();
    }
};

}  // namespace

std::unique_ptr<spdlog::formatter> make_log_formatter(LogFormat format) {
    if (format == LogFormat::json) return std::make_unique<JsonFormatter>();
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<PaddedLevel>('l').add_flag<PrintableMessage>('v');
    formatter->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %n: %v");
    return formatter;
}

}  // namespace nunchi::config
