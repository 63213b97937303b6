// Interactions between a scripted REST client, a store in memory and an inbox that keeps what it gets.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/interactions/interactions.hpp"
#include "adapters/discord/rest/error.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"

namespace nunchi::discord::interactions {

namespace asio = boost::asio;

/// Answers as the test says, at once.
class ScriptedRest final : public rest::RestClient {
public:
    using Script = std::function<rest::outcome<rest::Answer>(const rest::Call&)>;

    asio::awaitable<rest::outcome<rest::Answer>> send(rest::Call call) override {
        calls.push_back(call);
        if (wait > std::chrono::milliseconds(0)) {
            asio::steady_timer timer(co_await asio::this_coro::executor, wait);
            co_await timer.async_wait(asio::use_awaitable);
        }
        auto answer = script(call);
        co_return answer;
    }
    bool is_unauthorized() const override { return false; }
    void refuse_token() override {}
    asio::awaitable<void> wait_until_unauthorized() override { co_return; }
    rest::Counters counters() const override { return {}; }

    std::vector<std::string> paths() const {
        std::vector<std::string> all;
        for (const auto& call : calls) all.push_back(call.route.method + " " + call.route.path);
        return all;
    }

    Script script = [](const rest::Call&) { return rest::Answer{}; };
    std::chrono::milliseconds wait{0};
    std::vector<rest::Call> calls;
};

inline rest::Failure failure(int status, int discord_code,
                             boost::system::error_code code = rest::make_error_code(rest::errc::refused)) {
    return {.code = code, .status = status, .discord_code = discord_code, .message = "the failure"};
}

class MemoryState final : public chat::StateStore {
public:
    template <typename T>
    using result = boost::system::result<T>;

    asio::awaitable<result<bool>> claim(std::string, std::chrono::seconds) override { co_return true; }
    asio::awaitable<result<std::optional<std::string>>> get(std::string key) override {
        if (is_broken) co_return boost::system::errc::make_error_code(boost::system::errc::io_error);
        const auto found = values.find(key);
        co_return found == values.end() ? std::nullopt : std::optional(found->second);
    }
    asio::awaitable<result<void>> put(std::string key, std::string value) override {
        if (is_broken) co_return boost::system::errc::make_error_code(boost::system::errc::io_error);
        values[key] = std::move(value);
        co_return result<void>();
    }
    asio::awaitable<result<void>> erase(std::string key) override {
        values.erase(key);
        co_return result<void>();
    }

    bool is_broken = false;
    std::map<std::string, std::string> values;
};

class KeptInbox final : public chat::Inbox {
public:
    void deliver(chat::Delivery delivery) override {
        events.push_back(std::move(delivery.event));
        if (on_event) on_event();
    }

    std::vector<chat::Event> events;
    std::function<void()> on_event;
};

class InteractionsScene : public testing::Test {
protected:
    Interactions& interactions() {
        if (!interactions_) {
            interactions_ = std::make_unique<Interactions>(context_.get_executor(), options_,
                                                           Dependencies{rest_, state_, logger_});
        }
        return *interactions_;
    }

    void take(const nlohmann::json& data) {
        interactions().take(data, inbox_);
        settle();
    }

    /// Runs until nothing is left to do.
    void settle() {
        context_.restart();
        context_.run_for(std::chrono::seconds(20));
    }

    boost::system::result<void> answer(const std::string& id, nlohmann::json message) {
        return net::run(context_, interactions().answer(id, std::move(message)));
    }

    template <typename T>
    const T& event(std::size_t index = 0) {
        return std::get<T>(inbox_.events.at(index));
    }

    /// What was shown to the invoker.
    std::vector<std::string> shown() const {
        std::vector<std::string> all;
        for (const auto& call : rest_.calls) {
            if (call.route.method == "PATCH") all.push_back(call.body.value("content", ""));
        }
        return all;
    }

    asio::io_context context_{1};
    ScriptedRest rest_;
    MemoryState state_;
    KeptInbox inbox_;
    Options options_;
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_, true));
    std::unique_ptr<Interactions> interactions_;
};

}  // namespace nunchi::discord::interactions
