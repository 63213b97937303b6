#include "tests/integration/net/probe_server.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/net/http_server.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

namespace {

struct ServeFlags {
    std::int64_t read_timeout_ms = 15'000;
    std::int64_t keep_alive_ms = 75'000;
    std::int64_t handler_timeout_ms = 30'000;
    std::int64_t websocket_idle_ms = 60'000;
    std::size_t max_connections = 12'000;
    std::uint16_t port = 0;
};

asio::awaitable<Response> say_hello(Request) {
    co_return make_response(200, "text/plain", "hello\n");
}

/// What came in, so that a test can compare.
asio::awaitable<Response> show(Request request) {
    std::string text = request.method + "\n" + request.path + "\n" + request.query + "\n" +
                       request.query_value("q") + "\n" + std::string(request.cookie("session")) + "\n";
    co_return make_response(200, "text/plain", text + request.body);
}

asio::awaitable<Response> echo(Request request) {
    co_return make_response(200, "application/octet-stream", std::move(request.body));
}

asio::awaitable<Response> never_answer(Request) {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
    co_return Response{};
}

asio::awaitable<Response> fail(Request) {
    throw std::runtime_error("the handler failed");
    co_return Response{};
}

asio::awaitable<Response> send_much(Request request) {
    co_return make_response(200, "text/plain", std::string(std::stoul(request.query_value("bytes")), 'x'));
}

asio::awaitable<void> echo_frames(Request, std::unique_ptr<WebSocket> websocket) {
    while (true) {
        result<Frame> frame = co_await websocket->read();
        if (!frame) co_return;
        if (frame->payload == "bye") co_return co_await websocket->close(4001, "bye to you");
        const auto written = co_await websocket->write(std::move(*frame));
        if (!written) co_return;
    }
}

std::optional<Response> refuse_strangers(const Request& request) {
    if (request.headers.get("Origin") != "http://stranger.example") return std::nullopt;
    return make_response(403, "text/plain", "not you\n");
}

Router routes() {
    Router router;
    router.add("GET", "/hello", say_hello);
    router.add("GET", "/show", show);
    router.add("POST", "/show", show);
    router.add("POST", "/echo", echo);
    router.add("GET", "/never", never_answer);
    router.add("GET", "/fail", fail);
    router.add("GET", "/much", send_much);
    router.add_websocket("/ws", echo_frames, refuse_strangers);
    return router;
}

ServerOptions options_of(const ServeFlags& flags) {
    ServerOptions options;
    options.port = flags.port;
    options.max_connections = flags.max_connections;
    options.read_timeout = std::chrono::milliseconds(flags.read_timeout_ms);
    options.keep_alive = std::chrono::milliseconds(flags.keep_alive_ms);
    options.handler_timeout = std::chrono::milliseconds(flags.handler_timeout_ms);
    options.websocket_idle = std::chrono::milliseconds(flags.websocket_idle_ms);
    options.default_headers.set("X-Content-Type-Options", "nosniff");
    options.gate = [](const Request& request) -> std::optional<Response> {
        if (request.headers.get("X-Gate") != "closed") return std::nullopt;
        return make_response(401, "text/plain", "the gate is closed\n");
    };
    return options;
}

asio::awaitable<void> stop_at_end_of_input(HttpServer* server) {
    asio::posix::stream_descriptor input(co_await asio::this_coro::executor, dup(STDIN_FILENO));
    std::array<char, 64> ignored{};
    boost::system::error_code error;
    while (!error) {
        co_await input.async_read_some(asio::buffer(ignored),
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    co_await server->stop(std::chrono::seconds(2));
}

void serve(const ServeFlags& flags) {
    asio::io_context context(1);
    auto server = create_http_server(context.get_executor(), routes(), options_of(flags));
    if (!server) throw boost::system::system_error(server.error());
    std::cout << (*server)->port() << std::endl;
    asio::co_spawn(context, stop_at_end_of_input(server->get()), [](const std::exception_ptr& thrown) {
        if (thrown) std::rethrow_exception(thrown);
    });
    context.run();
}

}  // namespace

void add_serve_command(CLI::App& app) {
    const auto flags = std::make_shared<ServeFlags>();
    CLI::App* command = app.add_subcommand("serve", "a server for tests; ends with standard input");
    command->add_option("--port", flags->port);
    command->add_option("--read-timeout-ms", flags->read_timeout_ms);
    command->add_option("--keep-alive-ms", flags->keep_alive_ms);
    command->add_option("--handler-timeout-ms", flags->handler_timeout_ms);
    command->add_option("--websocket-idle-ms", flags->websocket_idle_ms);
    command->add_option("--max-connections", flags->max_connections);
    command->callback([flags] { serve(*flags); });
}

}  // namespace nunchi::net
