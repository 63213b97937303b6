#include "config/log_format.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::config {
namespace {

using namespace std::string_literals;
using ::testing::MatchesRegex;

std::string formatted(LogFormat format, std::string_view message,
                      spdlog::level::level_enum level = spdlog::level::info) {
    // 2026-01-31T00:30:05.007Z; the number is from `date -u -d … +%s`.
    const auto time = spdlog::log_clock::time_point(std::chrono::milliseconds(1'769'819'405'007));
    const spdlog::details::log_msg record(time, {}, "nunchi", level,
                                          spdlog::string_view_t(message.data(), message.size()));
    spdlog::memory_buf_t out;
    make_log_formatter(format)->format(record, out);
    return {out.data(), out.size()};
}

TEST(LogFormat, JsonIsOneObjectOnOneLine) {
    EXPECT_EQ(formatted(LogFormat::json, "hello"),
              "{\"ts\":\"2026-01-31T00:30:05.007Z\",\"level\":\"info\",\"logger\":\"nunchi\",\"message\":"
              "\"hello\"}\n");
}

TEST(LogFormat, JsonLevelsAreTheWordsOfTheSetting) {
    for (const auto& [level, name] :
         {std::pair(spdlog::level::trace, "trace"), std::pair(spdlog::level::debug, "debug"),
          std::pair(spdlog::level::warn, "warn"), std::pair(spdlog::level::err, "error"),
          std::pair(spdlog::level::critical, "critical")}) {
        EXPECT_EQ(nlohmann::json::parse(formatted(LogFormat::json, "m", level)).at("level"), name);
    }
}

TEST(LogFormat, JsonEscapesAnyBytes) {
    const std::string message = "quote \" slash \\ line\n눈치 \xFF nul\0."s;
    const std::string line = formatted(LogFormat::json, message);

    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    std::string expected = message;
    expected.replace(expected.find('\xFF'), 1, "\xEF\xBF\xBD");
    EXPECT_EQ(nlohmann::json::parse(line).at("message").get<std::string>(), expected);
}

TEST(LogFormat, HumanLineHasTimeLevelLoggerAndMessage) {
    EXPECT_THAT(formatted(LogFormat::human, "hello"),
                MatchesRegex("2026-01-3[01] [0-9]{2}:[0-9]{2}:05\\.007 info  nunchi: hello\n"));
    EXPECT_THAT(formatted(LogFormat::human, "hello", spdlog::level::err),
                MatchesRegex(".* error nunchi: hello\n"));
}

TEST(LogFormat, HumanLineCannotBeForgedByItsMessage) {
    const std::string line = formatted(LogFormat::human, "a\n2026 info nunchi: forged \x1b[2J");
    EXPECT_THAT(line, ::testing::EndsWith("nunchi: a\\x0a2026 info nunchi: forged \\x1b[2J\n"));
}

TEST(LogFormat, CloneFormatsAlike) {
    for (const LogFormat format : {LogFormat::human, LogFormat::json}) {
        const spdlog::details::log_msg record(spdlog::log_clock::time_point(), {}, "l", spdlog::level::info,
                                              "m");
        spdlog::memory_buf_t first;
        spdlog::memory_buf_t second;
        const auto formatter = make_log_formatter(format);

        formatter->format(record, first);
        formatter->clone()->format(record, second);

        EXPECT_EQ(std::string(first.data(), first.size()), std::string(second.data(), second.size()));
    }
}

}  // namespace
}  // namespace nunchi::config
