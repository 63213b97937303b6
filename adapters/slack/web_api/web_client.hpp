// Slack's Web API: limits for each workspace and method, retries, and refused tokens that stay silent.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/http_client.hpp"
#include "adapters/slack/web_api/call.hpp"
#include "adapters/slack/web_api/counters.hpp"
#include "adapters/slack/web_api/error.hpp"
#include "adapters/slack/web_api/retry_policy.hpp"
#include "adapters/slack/web_api/slack_error.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::slack::web_api {

struct Answer {
    nlohmann::json body;                  // an object; null of an upload and a response_url
    std::vector<std::string> warnings{};  // Slack's codes: "missing_charset" (W1)
    std::string scopes{};                 // the token's, with commas; empty where Slack does not tell
};

struct Failure {
    boost::system::error_code code;       // one of web_api/error.hpp, or of adapters/net
    int status = 0;                       // 0: no answer came
    SlackError error = SlackError::none;  // of the last answer
    std::string error_code{};             // the same as Slack wrote it, also where it is `other`
    std::string needed{};                 // scopes, of missing_scope
    std::string provided{};
    std::string message{};  // for the log: method and codes; no text of people, no token, no URL
};

template <typename T>
using outcome = boost::system::result<T, Failure>;

struct Options {
    std::string base_url = "https://slack.com/api";
    std::string user_agent{};  // empty: that of the HTTP client
    std::chrono::steady_clock::duration request_timeout = std::chrono::seconds(15);  // W3
    RetryOptions retry{};
    /// How long a method without its scope, and a workspace that lets nobody in, are left alone.
    std::chrono::steady_clock::duration stop_time = std::chrono::minutes(10);
    /// Requests under way at once, urgent ones not counted. Keep it below the HTTP client's
    /// max_connections_per_host, so that views.open finds a free connection within its 3 s (C5).
    std::size_t max_in_flight = 6;
    std::size_t max_queued = 2000;
    std::size_t max_queued_per_bucket = 200;  // of one workspace and method
};

/// Used on one thread. Completes on the executor; cancellation withdraws a call that waits and leaves one
/// that was sent without an answer.
class WebClient {
public:
    virtual ~WebClient() = default;

    /// Ends at the call's max_age at the latest, and a request's timeout later where one is under way then.
    virtual boost::asio::awaitable<outcome<Answer>> send(Call call) = 0;

    /// Slack refuses the workspace's token; "" for the app-level token.
    virtual bool is_silenced(std::string_view team) const = 0;

    virtual Counters counters() const = 0;
};

/// The HTTP client must outlive the calls; the Web API client itself need not.
std::unique_ptr<WebClient> create_web_client(boost::asio::any_io_executor executor, Options options,
                                             net::HttpClient& http, std::shared_ptr<spdlog::logger> logger);

}  // namespace nunchi::slack::web_api
