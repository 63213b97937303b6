#include "bot/ops/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::ops {
namespace {

using namespace std::chrono_literals;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

api::Prediction happy() {
    api::Prediction prediction;
    prediction.label = api::Emotion::happiness;
    prediction.timings = {.tokenization = 20us, .queue = 2ms, .inference = 40ms};
    return prediction;
}

TEST(Metrics, CountsMessagesByPlatformAndReason) {
    Metrics metrics;
    metrics.on_received("web");
    metrics.on_received("web");
    metrics.on_received("discord");
    metrics.on_passed_over("web", pipeline::PassedOver::no_hangul);
    metrics.on_send_failed("discord");

    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("nunchi_messages_received_total{platform=\"web\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_messages_received_total{platform=\"discord\"} 1\n"));
    EXPECT_THAT(text,
                HasSubstr("nunchi_messages_passed_over_total{platform=\"web\",reason=\"no_hangul\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_send_failures_total{platform=\"discord\"} 1\n"));
}

TEST(Metrics, ReadsCountersOfOthersAtEachScrape) {
    Metrics metrics;
    double resumes = 2;
    metrics.add_counter("nunchi_resumes_total", "help", {{"platform", "discord"}}, [&] { return resumes; });
    EXPECT_THAT(metrics.text(), HasSubstr("nunchi_resumes_total{platform=\"discord\"} 2\n"));
    resumes = 5;
    EXPECT_THAT(metrics.text(), HasSubstr("nunchi_resumes_total{platform=\"discord\"} 5\n"));
}

TEST(Metrics, CountsPredictionsByEmotionAndAbstentions) {
    Metrics metrics;
    metrics.on_classified("web", happy());
    metrics.on_classified("web", api::Prediction{});

    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("nunchi_predictions_total{emotion=\"happiness\",platform=\"web\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_predictions_total{emotion=\"abstained\",platform=\"web\"} 1\n"));
}

TEST(Metrics, PutsTimesIntoBucketsOfSeconds) {
    Metrics metrics;
    metrics.on_classified("web", happy());
    metrics.on_answered("web", 300ms);

    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("nunchi_inference_duration_seconds_bucket{le=\"0.025\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_inference_duration_seconds_bucket{le=\"0.05\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_queue_duration_seconds_bucket{le=\"0.0025\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_tokenization_duration_seconds_bucket{le=\"2.5e-05\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_answer_duration_seconds_bucket{platform=\"web\",le=\"0.25\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_answer_duration_seconds_bucket{platform=\"web\",le=\"0.5\"} 1\n"));
}

TEST(Metrics, CountsHttpRequestsUnderTheNamesOfTextEmbeddingsInference) {
    Metrics metrics;
    metrics.on_request(RequestKind::single);
    metrics.on_request_answered(RequestKind::single, happy().timings, 50ms);
    metrics.on_request(RequestKind::batch);
    metrics.on_request_failed("overloaded");
    metrics.on_input(14);

    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("te_request_count{method=\"single\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("te_request_count{method=\"batch\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("te_request_success{method=\"single\"} 1\n"));
    EXPECT_THAT(text, Not(HasSubstr("te_request_success{method=\"batch\"}")));
    EXPECT_THAT(text, HasSubstr("te_request_failure{err=\"overloaded\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("te_request_duration_sum 0.05\n"));
    EXPECT_THAT(text, HasSubstr("te_request_input_length_bucket{le=\"8\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("te_request_input_length_bucket{le=\"16\"} 1\n"));
}

TEST(Metrics, ReadsGaugesAtEachScrape) {
    Metrics metrics;
    double waiting = 3;
    metrics.add_gauge("nunchi_platform_connected", "1: connected.", {{"platform", "web"}},
                      [] { return 1.0; });
    metrics.add_gauge("nunchi_platform_connected", "1: connected.", {{"platform", "slack"}},
                      [] { return 0.0; });
    metrics.add_gauge("te_queue_size", "Texts that wait.", {}, [&waiting] { return waiting; });

    EXPECT_THAT(metrics.text(), HasSubstr("te_queue_size 3\n"));
    waiting = 5;
    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("te_queue_size 5\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_platform_connected{platform=\"web\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("nunchi_platform_connected{platform=\"slack\"} 0\n"));
}

TEST(Metrics, TellsTheBuildAndTheProcess) {
    const std::string text = Metrics().text();
    EXPECT_THAT(text, ContainsRegex("nunchi_build_info\\{.*version=\"[0-9]+\\.[0-9]+\\.[0-9]+\".*\\} 1\n"));
    EXPECT_THAT(text, ContainsRegex("process_resident_memory_bytes [0-9.e+]+\n"));
    EXPECT_THAT(text, ContainsRegex("process_open_fds [0-9]+\n"));
}

}  // namespace
}  // namespace nunchi::ops
