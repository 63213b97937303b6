#include "bot/ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <utility>
#include <vector>

#include "bot/ops/process_metrics.hpp"
#include "config/build_info.hpp"

namespace nunchi::ops {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Histogram;
using Buckets = Histogram::BucketBoundaries;

/// Seconds from a message's coming in to the platform's having the answer.
Buckets answer_buckets() {
    return {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

/// Seconds of one step of the classifier, from 10 µs on.
Buckets step_buckets() {
    return {0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
            0.01,    0.025,    0.05,    0.1,    0.25,    0.5,    1,     2.5};
}

/// The boundaries of Text Embeddings Inference, so that its dashboards fit.
Buckets te_duration_buckets() {
    Buckets buckets;
    double boundary = 0.00001;
    for (int i = 0; i < 35; ++i) buckets.push_back(boundary *= 1.5);
    return buckets;
}

Buckets te_length_buckets() {
    return {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
}

double seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

std::string method_name(RequestKind kind) {
    return kind == RequestKind::single ? "single" : "batch";
}

Family<Counter>& counters(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Family<Histogram>& histograms(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;

    Family<Counter>& received = counters(registry, "nunchi_messages_received_total",
                                         "Messages that came in, also those that get no answer.");
    Family<Counter>& passed_over =
        counters(registry, "nunchi_messages_passed_over_total", "Messages without an answer, by reason.");
    Family<Counter>& predictions =
        counters(registry, "nunchi_predictions_total",
                 "Messages that were classified, by emotion; abstained: none was probable enough.");
    Family<Counter>& send_failures = counters(registry, "nunchi_send_failures_total",
                                              "Answers that a platform refused or did not take in time.");
    Family<Histogram>& answer_duration =
        histograms(registry, "nunchi_answer_duration_seconds",
                   "From a message's coming in to the platform's having the answer.");
    Histogram& tokenization =
        histograms(registry, "nunchi_tokenization_duration_seconds", "Normaliser and tokenizer, per message.")
            .Add({}, step_buckets());
    Histogram& queue =
        histograms(registry, "nunchi_queue_duration_seconds", "Waiting for the batch to start, per message.")
            .Add({}, step_buckets());
    Histogram& inference = histograms(registry, "nunchi_inference_duration_seconds",
                                      "The batch that a message was part of, per message.")
                               .Add({}, step_buckets());

    Family<Counter>& te_count =
        counters(registry, "te_request_count", "Requests for predictions over HTTP, by method.");
    Family<Counter>& te_success =
        counters(registry, "te_request_success", "Requests that were answered with predictions.");
    Family<Counter>& te_failure =
        counters(registry, "te_request_failure", "Requests that were answered with an error.");
    Histogram& te_duration = histograms(registry, "te_request_duration", "Seconds of a whole request.")
                                 .Add({}, te_duration_buckets());
    Histogram& te_tokenization = histograms(registry, "te_request_tokenization_duration",
                                            "Seconds of tokenization, the mean of a request's texts.")
                                     .Add({}, te_duration_buckets());
    Histogram& te_queue = histograms(registry, "te_request_queue_duration",
                                     "Seconds of waiting, the mean of a request's texts.")
                              .Add({}, te_duration_buckets());
    Histogram& te_inference = histograms(registry, "te_request_inference_duration",
                                         "Seconds of inference, the mean of a request's texts.")
                                  .Add({}, te_duration_buckets());
    Histogram& te_input_length =
        histograms(registry, "te_request_input_length", "Tokens of a text, with [CLS] and [SEP].")
            .Add({}, te_length_buckets());

    struct ReadGauge {
        prometheus::Gauge& gauge;
        std::function<double()> read;
    };
    std::vector<ReadGauge> read_gauges;

    struct ReadCounter {
        Counter& counter;
        std::function<double()> read;
    };
    std::vector<ReadCounter> read_counters;
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {
    const config::BuildInfo& build = config::build_info();
    prometheus::BuildGauge()
        .Name("nunchi_build_info")
        .Help("Always 1; the labels tell what runs.")
        .Register(families_->registry)
        .Add({{"version", std::string(build.version)},
              {"commit", std::string(build.commit)},
              {"compiler", std::string(build.compiler)}})
        .Set(1);
}

Metrics::~Metrics() = default;

void Metrics::on_received(std::string_view platform) {
    families_->received.Add({{"platform", std::string(platform)}}).Increment();
}

void Metrics::on_passed_over(std::string_view platform, pipeline::PassedOver reason) {
    families_->passed_over
        .Add({{"platform", std::string(platform)}, {"reason", std::string(pipeline::name_of(reason))}})
        .Increment();
}

void Metrics::on_classified(std::string_view platform, const api::Prediction& prediction) {
    const std::string_view emotion =
        prediction.label ? api::english_name(*prediction.label) : std::string_view("abstained");
    families_->predictions.Add({{"platform", std::string(platform)}, {"emotion", std::string(emotion)}})
        .Increment();
    families_->tokenization.Observe(seconds(prediction.timings.tokenization));
    families_->queue.Observe(seconds(prediction.timings.queue));
    families_->inference.Observe(seconds(prediction.timings.inference));
}

void Metrics::on_answered(std::string_view platform, std::chrono::nanoseconds since_received) {
    families_->answer_duration.Add({{"platform", std::string(platform)}}, answer_buckets())
        .Observe(seconds(since_received));
}

void Metrics::on_send_failed(std::string_view platform) {
    families_->send_failures.Add({{"platform", std::string(platform)}}).Increment();
}

void Metrics::on_request(RequestKind kind) {
    families_->te_count.Add({{"method", method_name(kind)}}).Increment();
}

void Metrics::on_request_answered(RequestKind kind, const api::Timings& timings,
                                  std::chrono::nanoseconds total) {
    families_->te_success.Add({{"method", method_name(kind)}}).Increment();
    families_->te_duration.Observe(seconds(total));
    families_->te_tokenization.Observe(seconds(timings.tokenization));
    families_->te_queue.Observe(seconds(timings.queue));
    families_->te_inference.Observe(seconds(timings.inference));
}

void Metrics::on_request_failed(std::string_view error) {
    families_->te_failure.Add({{"err", std::string(error)}}).Increment();
}

void Metrics::on_input(std::size_t tokens) {
    families_->te_input_length.Observe(static_cast<double>(tokens));
}

void Metrics::add_gauge(const std::string& name, const std::string& help,
                        const std::map<std::string, std::string>& labels, std::function<double()> read) {
    auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(families_->registry).Add(labels);
    families_->read_gauges.push_back({gauge, std::move(read)});
}

void Metrics::add_counter(const std::string& name, const std::string& help,
                          const std::map<std::string, std::string>& labels, std::function<double()> read) {
    auto& counter =
        prometheus::BuildCounter().Name(name).Help(help).Register(families_->registry).Add(labels);
    families_->read_counters.push_back({counter, std::move(read)});
}

std::string Metrics::text() const {
    for (const Families::ReadCounter& entry : families_->read_counters) {
        entry.counter.Increment(entry.read() - entry.counter.Value());
    }
    for (const Families::ReadGauge& entry : families_->read_gauges) entry.gauge.Set(entry.read());
    auto collected = families_->registry.Collect();
    auto process = collect_process_metrics();
    std::move(process.begin(), process.end(), std::back_inserter(collected));
    return prometheus::TextSerializer().Serialize(collected);
}

}  // namespace nunchi::ops
