// A REST client and a loopback server that answers as a test says, on one executor.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/discord/rest/routes.hpp"
#include "adapters/net/http_server.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"

namespace nunchi::discord::rest {

namespace asio = boost::asio;

inline net::Response json_response(int status, const std::string& body = "{}") {
    return net::make_response(status, "application/json", body);
}

inline net::Response rate_limit(const char* scope, const char* retry_after) {
    const bool is_global = scope == std::string("global");
    auto response = json_response(429, std::string(R"({"retry_after":)") + retry_after + R"(,"global":)" +
                                           (is_global ? "true" : "false") + "}");
    response.headers.set("X-RateLimit-Scope", scope);
    return response;
}

class RestScene : public testing::Test {
protected:
    using Clock = std::chrono::steady_clock;
    struct Seen {
        net::Request request;
        Clock::time_point at;
    };
    /// A status of 0 leaves the request without an answer.
    using Script = std::function<net::Response(const net::Request&)>;

    RestScene() {
        net::Router router;
        const net::Handler handler = [this](net::Request request) { return serve(this, std::move(request)); };
        for (const char* path :
             {"/api/gateway/bot", "/api/users/@me", "/api/webhooks/1/tok", "/api/webhooks/1/other",
              "/api/webhooks/1/tok/messages/@original", "/api/interactions/1/tok/callback"}) {
            add(router, path, handler);
        }
        for (int i = 0; i < 120; ++i)
            add(router, "/api/channels/" + std::to_string(i) + "/messages", handler);
        server_ = net::create_http_server(context_.get_executor(), std::move(router), {}).value();
        http_ = net::create_http_client(context_.get_executor(), {}).value();
        options_.base_url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/api";
        options_.token = config::Secret("the-token");
        options_.user_agent = "DiscordBot (https://nunchi.example, 1.0)";
        options_.max_retries = 1;
    }

    ~RestScene() override { net::run(context_, server_->stop(std::chrono::milliseconds(0))); }

    RestClient& client() {
        if (!client_) client_ = create_rest_client(context_.get_executor(), options_, *http_, logger_);
        return *client_;
    }

    outcome<Answer> send(Call call) { return net::run(context_, client().send(std::move(call))); }

    /// Sends all at once and waits for the last.
    std::vector<outcome<Answer>> send_all(std::vector<Call> calls) {
        std::vector<outcome<Answer>> outcomes(calls.size());
        std::size_t open = calls.size();
        for (std::size_t i = 0; i < calls.size(); ++i) {
            asio::co_spawn(context_, client().send(std::move(calls[i])),
                           [&, i](const std::exception_ptr&, outcome<Answer> answer) {
                               outcomes[i] = std::move(answer);
                               if (--open == 0) context_.stop();
                           });
        }
        context_.restart();
        context_.run_for(std::chrono::seconds(20));
        EXPECT_EQ(open, 0U);
        return outcomes;
    }

    static Call get(Route route) {
        Call call;
        call.route = std::move(route);
        return call;
    }
    static Call message_to(int channel) {
        Call call = get(create_message(std::to_string(channel)));
        call.body = {{"content", "words of a person"}};
        call.permission = std::to_string(channel) + "/reply";
        return call;
    }
    static Call interaction(Route route) {
        Call call = get(std::move(route));
        call.body = {{"type", 5}};
        call.lane = Lane::interaction;
        call.max_age = std::chrono::seconds(3);
        return call;
    }

    std::size_t requests_to(std::string_view path) const {
        std::size_t count = 0;
        for (const Seen& one : seen_) count += one.request.path == path ? 1 : 0;
        return count;
    }

    asio::io_context context_{1};
    Script script_ = [](const net::Request&) { return json_response(200); };
    std::vector<Seen> seen_;
    Options options_;
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_, true));
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<RestClient> client_;

private:
    static void add(net::Router& router, const std::string& path, const net::Handler& handler) {
        for (const char* method : {"GET", "POST", "PATCH", "PUT", "DELETE"})
            router.add(method, path, handler);
    }

    static asio::awaitable<net::Response> serve(RestScene* scene, net::Request request) {
        net::Response response = scene->script_(request);
        scene->seen_.push_back({std::move(request), Clock::now()});
        if (response.status != 0) co_return response;
        asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
        co_await timer.async_wait(asio::use_awaitable);
        co_return response;
    }
};

}  // namespace nunchi::discord::rest
