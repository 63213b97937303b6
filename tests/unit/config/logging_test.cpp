#include "config/logging.hpp"

#include <gmock/gmock.h>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

namespace nunchi::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Logging, WritesFromItsLevelOn) {
    std::ostringstream out;
    const auto logger = make_logger({LogLevel::warn, LogFormat::json}, "engine",
                                    std::make_shared<spdlog::sinks::ostream_sink_mt>(out));

    logger->info("left out");
    logger->warn("written");

    EXPECT_THAT(out.str(), Not(HasSubstr("left out")));
    EXPECT_THAT(out.str(), HasSubstr(R"("level":"warn","logger":"engine","message":"written")"));
}

TEST(Logging, WritesToStandardErrorWithoutColoursWhenItIsNoTerminal) {
    ::testing::internal::CaptureStderr();
    make_logger({LogLevel::info, LogFormat::human})->error("hello {}", 3);
    const std::string human = ::testing::internal::GetCapturedStderr();

    ::testing::internal::CaptureStderr();
    make_logger({LogLevel::info, LogFormat::json})->error("hello {}", 3);
    const std::string json = ::testing::internal::GetCapturedStderr();

    EXPECT_THAT(human, HasSubstr("error nunchi: hello 3\n"));
    EXPECT_THAT(human, Not(HasSubstr("\x1b")));
    EXPECT_THAT(json, HasSubstr(R"("message":"hello 3"})"));
}

TEST(Logging, LoggersAreNotRegisteredGlobally) {
    const auto logger = make_logger({}, "nunchi-not-global");
    EXPECT_EQ(spdlog::get("nunchi-not-global"), nullptr);
}

}  // namespace
}  // namespace nunchi::config
