// A Web API client and a loopback server that answers as a test says, on one executor.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

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

#include "adapters/net/http_server.hpp"
#include "adapters/slack/web_api/web_client.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"

namespace nunchi::slack::web_api {

namespace asio = boost::asio;

inline net::Response json_response(int status, const std::string& body) {
    return net::make_response(status, "application/json", body);
}

inline net::Response ok() {
    return json_response(200, R"({"ok":true})");
}

inline net::Response error(const std::string& code, int status = 200) {
    return json_response(status, R"({"ok":false,"error":")" + code + "\"}");
}

inline net::Response no_answer() {
    return json_response(0, "");
}

inline net::Response rate_limit(const char* retry_after) {
    net::Response response = error("ratelimited", 429);
    response.headers.set("Retry-After", retry_after);
    return response;
}

class WebScene : public testing::Test {
protected:
    using Clock = std::chrono::steady_clock;
    struct Seen {
        net::Request request;
        Clock::time_point at;
    };
    /// A status of 0 leaves the request without an answer.
    using Script = std::function<net::Response(const net::Request&)>;

    WebScene() {
        net::Router router;
        const net::Handler handler = [this](net::Request request) { return serve(this, std::move(request)); };
        for (std::size_t i = 0; i < kMethodCount; ++i) {
            const MethodTraits& method = traits(static_cast<Method>(i));
            for (const char* verb : {"GET", "POST"})
                router.add(verb, "/api/" + std::string(method.name), handler);
        }
        server_ = net::create_http_server(context_.get_executor(), std::move(router), {}).value();
        http_ = net::create_http_client(context_.get_executor(), {}).value();
        options_.base_url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/api";
        options_.retry = {
            .max_retries = 1,
            .backoff = {.first = std::chrono::milliseconds(20), .most = std::chrono::seconds(1)}};
    }

    ~WebScene() override { net::run(context_, server_->stop(std::chrono::milliseconds(0))); }

    WebClient& client() {
        if (!client_) client_ = create_web_client(context_.get_executor(), options_, *http_, logger_);
        return *client_;
    }

    outcome<Answer> send(Call call) { return net::run(context_, client().send(std::move(call))); }

    /// Sends all at once and waits for the last. The order of their ends is kept in ended_.
    std::vector<outcome<Answer>> send_all(std::vector<Call> calls) {
        std::vector<outcome<Answer>> outcomes(calls.size());
        std::size_t open = calls.size();
        for (std::size_t i = 0; i < calls.size(); ++i) {
            asio::co_spawn(context_, client().send(std::move(calls[i])),
                           [&, i](const std::exception_ptr&, outcome<Answer> answer) {
                               outcomes[i] = std::move(answer);
                               ended_.push_back(i);
                               if (--open == 0) context_.stop();
                           });
        }
        context_.restart();
        context_.run_for(std::chrono::seconds(20));
        EXPECT_EQ(open, 0U);
        return outcomes;
    }

    static Call call_of(Method method, const std::string& team = "T1") {
        Call call;
        call.method = method;
        call.caller = {.team = team, .token = config::Secret("xoxb-" + team)};
        return call;
    }
    static Call reaction(const std::string& team = "T1") {
        Call call = call_of(Method::reactions_add, team);
        call.arguments = {{"channel", "C1"}, {"timestamp", "1595926230.009600"}, {"name", "smile"}};
        return call;
    }
    static Call message(const std::string& channel = "C1") {
        Call call = call_of(Method::chat_post_message);
        call.arguments = {{"channel", channel}, {"text", "words of a person"}};
        return call;
    }

    asio::io_context context_{1};
    Script script_ = [](const net::Request&) { return ok(); };
    std::vector<Seen> seen_;
    std::vector<std::size_t> ended_;
    Options options_;
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_, true));
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<WebClient> client_;

private:
    static asio::awaitable<net::Response> serve(WebScene* scene, net::Request request) {
        net::Response response = scene->script_(request);
        scene->seen_.push_back({std::move(request), Clock::now()});
        if (response.status != 0) co_return response;
        asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
        co_await timer.async_wait(asio::use_awaitable);
        co_return response;
    }
};

}  // namespace nunchi::slack::web_api
