#include "bot/pipeline/trouble_log.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

#include "bot/pipeline/classifier_fault.hpp"
#include "classifier/api/error.hpp"

namespace nunchi::pipeline {
namespace {

using namespace std::chrono_literals;

TEST(TroubleLog, SaysTheSameOnceInTenSecondsAndHowOftenItWas) {
    std::ostringstream out;
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out);
    sink->set_pattern("%v");
    TroubleLog trouble(std::make_shared<spdlog::logger>("test", sink));
    const TroubleLog::TimePoint begin{std::chrono::hours(1)};

    trouble.warn(Trouble::send, "web", "refused", begin);
    trouble.warn(Trouble::send, "web", "refused", begin + 1s);
    trouble.warn(Trouble::send, "web", "refused", begin + 9s);
    trouble.warn(Trouble::store, "web", "locked", begin + 9s);
    trouble.warn(Trouble::send, "web", "refused", begin + 10s);
    trouble.warn(Trouble::send, "web", "refused", begin + 20s);

    EXPECT_EQ(out.str(),
              "web: refused\n"
              "web: locked\n"
              "web: refused (and 2 times since the last such line)\n"
              "web: refused\n");
}

TEST(ClassifierFault, TellsWhatMayGoLaterFromWhatFailsForEver) {
    using api::errc;
    EXPECT_EQ(fault_of(errc::cancelled), ClassifierFault::withdrawn);
    EXPECT_EQ(fault_of(boost::system::errc::make_error_code(boost::system::errc::operation_canceled)),
              ClassifierFault::withdrawn);
    EXPECT_EQ(fault_of(errc::overloaded), ClassifierFault::overloaded);
    for (const errc later : {errc::shutting_down, errc::unreachable, errc::wrong_model, errc::io_error}) {
        EXPECT_EQ(fault_of(later), ClassifierFault::unavailable);
    }
    for (const errc never : {errc::inference_failed, errc::empty_input, errc::input_too_long,
                             errc::bad_token_id, errc::bad_format, errc::not_supported}) {
        EXPECT_EQ(fault_of(never), ClassifierFault::of_the_message);
    }
    EXPECT_EQ(fault_of(make_error_code(boost::system::errc::connection_refused)),
              ClassifierFault::unavailable);
}

}  // namespace
}  // namespace nunchi::pipeline
