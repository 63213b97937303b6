// Asks Discord where its gateway is, and how many sessions may be begun.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "adapters/discord/gateway/gateway_bot.hpp"
#include "adapters/discord/rest/rest_client.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::discord::gateway {

/// Used on one thread by all shards.
class Discovery {
public:
    using Clock = std::chrono::steady_clock;

    /// `override_url`: the operator's, which wins over Discord's; may be empty.
    Discovery(rest::RestClient& rest, std::string override_url, std::shared_ptr<spdlog::logger> log);

    /// Asks once. False when there was no usable answer; failure() tells why. With the operator's URL a
    /// server that knows no /gateway/bot (404) is answer enough.
    boost::asio::awaitable<bool> ask();

    /// Since the last answer; the limits in it do not keep (G1).
    Clock::duration age() const;

    /// As of the last answer; the URL stays good for reconnections.
    const GatewayBot& answer() const { return answer_; }
    /// Where to connect.
    const std::string& url() const { return override_url_.empty() ? answer_.url : override_url_; }
    /// One sentence, without secrets; empty after an answer.
    const std::string& failure() const { return failure_; }

private:
    void take(GatewayBot answer);
    void fail(std::string why);

    rest::RestClient& rest_;
    std::string override_url_;
    std::shared_ptr<spdlog::logger> log_;
    GatewayBot answer_;
    Clock::time_point asked_at_{};
    std::string failure_;
};

}  // namespace nunchi::discord::gateway
