// A gateway between a scripted server and a sink that remembers, on one thread.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/gateway/gateway.hpp"
#include "adapters/net/signal.hpp"
#include "tests/unit/adapters/discord/gateway/fake_gateway.hpp"

namespace nunchi::discord::gateway {

/// Answers GET /gateway/bot, and nothing else.
class FakeRest final : public rest::RestClient {
public:
    explicit FakeRest(boost::asio::io_context& io) : refused_(io.get_executor()) {}

    boost::asio::awaitable<rest::outcome<rest::Answer>> send(rest::Call call) override {
        paths.push_back(call.route.method + " " + call.route.path);
        if (failures > 0) {
            --failures;
            co_return rest::Failure{.code = net::errc::timed_out, .message = "GET /gateway/bot: timed out"};
        }
        co_return rest::Answer{.status = 200, .body = answer};
    }
    bool is_unauthorized() const override { return refused_.is_set(); }
    boost::asio::awaitable<void> wait_until_unauthorized() override {
        if (!refused_.is_set()) co_await refused_.wait();
    }
    void refuse_token() override { refused_.set(); }
    rest::Counters counters() const override { return {}; }

    nlohmann::json answer;
    int failures = 0;
    std::vector<std::string> paths;

private:
    net::Signal refused_;
};

class FakeStore final : public chat::StateStore {
public:
    boost::asio::awaitable<boost::system::result<bool>> claim(std::string, std::chrono::seconds) override {
        co_return true;
    }
    boost::asio::awaitable<boost::system::result<std::optional<std::string>>> get(std::string key) override {
        const auto found = values.find(key);
        if (found == values.end()) co_return std::nullopt;
        co_return std::optional(found->second);
    }
    boost::asio::awaitable<boost::system::result<void>> put(std::string key, std::string value) override {
        values[key] = std::move(value);
        ++puts[key];
        co_return boost::system::result<void>();
    }
    boost::asio::awaitable<boost::system::result<void>> erase(std::string key) override {
        values.erase(key);
        co_return boost::system::result<void>();
    }

    std::map<std::string, std::string> values;
    std::map<std::string, int> puts;
};

class RecordingSink final : public Sink {
public:
    void on_dispatch(Dispatch dispatch) override {
        if (fires_at_once) dispatch.receipt.handled();
        dispatches.push_back(std::move(dispatch));
    }
    void on_gap(int shard) override { gaps.push_back(shard); }

    /// Types, a replayed one with a star.
    std::string types() const {
        std::string text;
        for (const Dispatch& dispatch : dispatches)
            text += dispatch.type + (dispatch.is_replayed ? "* " : " ");
        return text;
    }

    bool fires_at_once = true;
    std::deque<Dispatch> dispatches;
    std::vector<int> gaps;
};

class GatewayScene {
public:
    explicit GatewayScene(Compression compression = Compression::none) : server(io, compression) {
        options.token = config::Secret("the-token");
        options.compression = compression;
        options.close_timeout = std::chrono::milliseconds(50);
        options.backoff_max = std::chrono::milliseconds(20);
        options.drain_timeout = std::chrono::milliseconds(300);
        options.identify_interval = std::chrono::milliseconds(10);
        options.store_interval = std::chrono::milliseconds(1);
        rest.answer = {{"url", server.url()}, {"shards", 1}};
    }

    ~GatewayScene() {
        stop();
        server.shut_down();
        sink.dispatches.clear();
        gateway.reset();
        http.reset();
        io.restart();
        io.run_for(std::chrono::milliseconds(20));
    }

    void start() {
        has_ended = false;
        gateway = create_gateway(io.get_executor(), options,
                                 {.rest = rest, .http = *http, .store = store, .log = log});
        boost::asio::co_spawn(
            io, gateway->run(sink),
            boost::asio::bind_cancellation_slot(cancellation.slot(), [this](std::exception_ptr thrown) {
                failure = thrown;
                has_ended = true;
            }));
    }

    /// The deadline is for broken code only.
    bool run_until(const std::function<bool()>& condition,
                   std::chrono::milliseconds at_most = std::chrono::seconds(10)) {
        const auto deadline = std::chrono::steady_clock::now() + at_most;
        io.restart();
        while (!condition() && std::chrono::steady_clock::now() < deadline) {
            io.run_one_for(std::chrono::milliseconds(10));
            io.restart();
        }
        return condition();
    }
    bool run_until_dispatched(std::size_t count) {
        return run_until([this, count] { return sink.dispatches.size() >= count; });
    }

    void stop() {
        if (!gateway || has_ended) return;
        gateway->stop_intake();
        EXPECT_TRUE(run_until([this] { return has_ended; }));
    }

    nlohmann::json stored() const {
        const auto found = store.values.find("discord/session/0");
        return found == store.values.end() ? nlohmann::json() : nlohmann::json::parse(found->second);
    }

    boost::asio::io_context io{1};
    FakeGateway server;
    FakeRest rest{io};
    FakeStore store;
    RecordingSink sink;
    std::ostringstream lines;
    std::shared_ptr<spdlog::logger> log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(lines));
    Options options;
    std::unique_ptr<net::HttpClient> http =
        net::create_http_client(io.get_executor(), {.user_agent = "DiscordBot (x, 1)"}).value();
    std::unique_ptr<Gateway> gateway;
    boost::asio::cancellation_signal cancellation;
    std::exception_ptr failure;
    bool has_ended = false;
};

inline ScriptStep ready(int sequence = 1, std::string session = "s1", std::string resume_url = {}) {
    return dispatch("READY", sequence,
                    {{"session_id", std::move(session)}, {"resume_gateway_url", std::move(resume_url)}});
}

/// Hello, Identify, READY.
inline Script login(std::string session = "s1", std::string resume_url = {}) {
    return {hello(), expect(2), ready(1, std::move(session), std::move(resume_url))};
}

inline Script operator+(Script script, const Script& more) {
    script.insert(script.end(), more.begin(), more.end());
    return script;
}

}  // namespace nunchi::discord::gateway
