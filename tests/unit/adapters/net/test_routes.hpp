// Handlers that the tests of server and client share.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "adapters/net/http_server.hpp"

namespace nunchi::net {

inline boost::asio::awaitable<Response> say_hello(Request) {
    co_return make_response(200, "text/plain", "hello");
}

inline boost::asio::awaitable<Response> echo_body(Request request) {
    co_return make_response(200, "text/plain", std::move(request.body));
}

inline boost::asio::awaitable<Response> throw_something(Request) {
    throw std::runtime_error("the handler failed");
    co_return Response{};
}

inline boost::asio::awaitable<Response> wait_for_ever(Request) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return Response{};
}

inline boost::asio::awaitable<void> echo_frames(Request, std::unique_ptr<WebSocket> websocket) {
    while (true) {
        result<Frame> frame = co_await websocket->read();
        if (!frame) co_return;
        const auto written = co_await websocket->write(std::move(*frame));
        if (!written) co_return;
    }
}

inline Router test_routes() {
    Router router;
    router.add("GET", "/hello", say_hello);
    router.add("POST", "/echo", echo_body);
    router.add("GET", "/throw", throw_something);
    router.add("GET", "/never", wait_for_ever);
    router.add_websocket("/ws", echo_frames);
    return router;
}

}  // namespace nunchi::net
