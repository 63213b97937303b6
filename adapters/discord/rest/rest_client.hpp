// Discord's REST API: rate limits, retries, and the latches that protect the operator's token and address.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/discord/rest/call.hpp"
#include "adapters/discord/rest/counters.hpp"
#include "adapters/net/http_client.hpp"
#include "config/secret.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::discord::rest {

struct Answer {
    int status = 200;
    nlohmann::json body;  // null when it was empty
};

struct Failure {
    boost::system::error_code code;  // one of rest/error.hpp, or of adapters/net
    int status = 0;                  // 0: no answer came
    int discord_code = 0;            // 10008 and the like; 0: none
    std::string message;             // for the log: method, route pattern, codes; no text of people, no token
};

template <typename T>
using outcome = boost::system::result<T, Failure>;

struct Options {
    std::string base_url = "https://discord.com/api/v10";
    config::Secret token{};
    std::string user_agent{};  // "DiscordBot (url, version)" (R2); empty: that of the HTTP client
    std::chrono::steady_clock::duration request_timeout = std::chrono::seconds(15);  // R5
    int max_retries = 3;
    std::chrono::steady_clock::duration mute_time = std::chrono::minutes(10);  // R26
    std::size_t global_per_second = 50;
    /// Ordinary requests under way at once. Keep it below the HTTP client's max_connections_per_host, so that
    /// an interaction's response finds a free connection (I6).
    std::size_t max_in_flight = 6;
    std::size_t max_queued = 1000;             // calls of each lane, those under way included
    std::size_t max_queued_per_bucket = 200;   // of one channel, say
    std::size_t max_invalid_requests = 5'000;  // in ten minutes; Discord bans at 10,000 (R11)
};

/// Used on one thread. Completes on the executor; cancellation withdraws a call that waits and leaves one
/// that was sent without an answer.
class RestClient {
public:
    virtual ~RestClient() = default;

    /// Any 2xx is an Answer, everything else a Failure.
    virtual boost::asio::awaitable<outcome<Answer>> send(Call call) = 0;

    /// The token was refused (401, or 400 with code 40001): no call that carries it leaves any more.
    virtual bool is_unauthorized() const = 0;

    /// Discord refused the token elsewhere, at the gateway: the same as if a request had been refused.
    virtual void refuse_token() = 0;

    /// Completes when is_unauthorized() has become true, or when cancelled.
    virtual boost::asio::awaitable<void> wait_until_unauthorized() = 0;

    virtual Counters counters() const = 0;
};

/// The HTTP client must outlive the calls; the REST client itself need not.
std::unique_ptr<RestClient> create_rest_client(boost::asio::any_io_executor executor, Options options,
                                               net::HttpClient& http, std::shared_ptr<spdlog::logger> logger);

}  // namespace nunchi::discord::rest
