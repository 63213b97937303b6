#include "adapters/discord/gateway/discovery.hpp"

#include <spdlog/logger.h>

#include <utility>

#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

Discovery::Discovery(rest::RestClient& rest, std::string override_url, std::shared_ptr<spdlog::logger> log)
    : rest_(rest), override_url_(std::move(override_url)), log_(std::move(log)) {}

asio::awaitable<bool> Discovery::ask() {
    rest::Call call;
    call.route = rest::gateway_bot();
    const auto outcome = co_await rest_.send(std::move(call));
    if (!outcome && outcome.error().status == 404 && !override_url_.empty()) {
        take(GatewayBot{});
        co_return true;
    }
    if (!outcome) {
        fail("GET /gateway/bot failed: " + outcome.error().message);
        co_return false;
    }
    auto answer = read_gateway_bot(outcome->body);
    if (answer) {
        take(std::move(*answer));
    } else {
        fail("GET /gateway/bot gave no URL");
    }
    co_return failure_.empty();
}

Discovery::Clock::duration Discovery::age() const {
    return Clock::now() - asked_at_;
}

void Discovery::take(GatewayBot answer) {
    answer_ = std::move(answer);
    asked_at_ = Clock::now();
    failure_.clear();
}

void Discovery::fail(std::string why) {
    if (why != failure_) log_->warn("discord: {}", why);
    failure_ = std::move(why);
}

}  // namespace nunchi::discord::gateway
