// What Nunchi counts and times, for Prometheus. docs/api.md lists every name.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "bot/pipeline/observer.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::ops {

/// The content type of Metrics::text().
inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/// How the texts of one HTTP request came.
enum class RequestKind {
    single,  // one text
    batch,   // a list of texts, be it of one
};

/// Used on the I/O thread. No label ever holds a user, a channel or a text.
class Metrics final : public pipeline::Observer {
public:
    Metrics();
    ~Metrics() override;

    void on_received(std::string_view platform) override;
    void on_passed_over(std::string_view platform, pipeline::PassedOver reason) override;
    void on_classified(std::string_view platform, const api::Prediction& prediction) override;
    void on_answered(std::string_view platform, std::chrono::nanoseconds since_received) override;
    void on_send_failed(std::string_view platform) override;

    /// A request for predictions came in over HTTP; one of the two below follows.
    void on_request(RequestKind kind);
    /// `timings`: the means over the request's texts; `total`: from the request's coming in to its answer.
    void on_request_answered(RequestKind kind, const api::Timings& timings, std::chrono::nanoseconds total);
    /// `error`: "overloaded", "batch_size", …: one of a fixed few.
    void on_request_failed(std::string_view error);
    /// One text of a request, with [CLS] and [SEP].
    void on_input(std::size_t tokens);

    /// A value that is read at each scrape, on the thread of text(). A name may come several times with
    /// different labels. What `read` refers to must outlive the metrics, or the last call of text().
    void add_gauge(const std::string& name, const std::string& help,
                   const std::map<std::string, std::string>& labels, std::function<double()> read);

    /// As add_gauge, for what somebody else counts and what only grows. The name ends in _total.
    void add_counter(const std::string& name, const std::string& help,
                     const std::map<std::string, std::string>& labels, std::function<double()> read);

    /// Everything in Prometheus' text format, with process_* of this process.
    std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace nunchi::ops
