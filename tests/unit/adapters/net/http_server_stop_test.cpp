#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <semaphore>

#include "tests/unit/adapters/net/raw_client.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;

constexpr std::string_view kGetHello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(HttpServerStop, ClosesIdleConnectionsAtOnce) {
    ServerThread server(test_routes());
    RawClient asked(server.port());
    RawClient silent(server.port());
    asked.ask(kGetHello);

    server.stop(seconds(20));

    EXPECT_EQ(asked.read_to_end(), "");
    EXPECT_EQ(silent.read_to_end(), "");
}

TEST(HttpServerStop, AcceptsNoMoreConnections) {
    ServerThread server(test_routes());
    const std::uint16_t port = server.port();

    server.stop(seconds(20));

    EXPECT_THROW(RawClient{port}, boost::system::system_error);
}

/// A handler that is under way until it is told to answer.
struct Pause {
    std::binary_semaphore has_begun{0};
    asio::steady_timer* timer = nullptr;
};

asio::awaitable<Response> answer_after(Pause* pause) {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    pause->timer = &timer;
    pause->has_begun.release();
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    pause->timer = nullptr;
    co_return make_response(200, "text/plain", "finished");
}

TEST(HttpServerStop, FinishesTheAnswersUnderWay) {
    asio::io_context context{1};
    Pause pause;
    Router router;
    router.add("GET", "/hello", [&](const Request&) { return answer_after(&pause); });
    auto server = create_http_server(context.get_executor(), std::move(router), {}).value();
    std::thread thread([&] { context.run(); });
    RawClient client(server->port());
    client.send(std::string(kGetHello) + std::string(kGetHello));
    pause.has_begun.acquire();

    auto stopped = asio::co_spawn(context, server->stop(seconds(20)), asio::use_future);
    asio::post(context, [&] { pause.timer->cancel(); });
    stopped.get();

    const std::string answer = client.read_to_end();
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(answer, EndsWith("finished"));
    thread.join();
}

TEST(HttpServerStop, CutsWhatRemainsWhenTheTimeIsOver) {
    ServerThread server(test_routes());
    RawClient client(server.port());
    client.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    while (server.connections() == 0) std::this_thread::yield();

    server.stop(milliseconds(30));

    EXPECT_EQ(server.connections(), 0U);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServerStop, MayBeCalledTwice) {
    ServerThread server(test_routes());

    server.stop(seconds(20));
    server.stop(seconds(20));

    EXPECT_EQ(server.connections(), 0U);
}

TEST(HttpServerStop, DestructionCutsEverythingAndCancelsTheHandlers) {
    asio::io_context context{1};
    Pause pause;
    Router router;
    router.add("GET", "/hello", [&](const Request&) { return answer_after(&pause); });
    auto server = create_http_server(context.get_executor(), std::move(router), {}).value();
    std::thread thread([&] { context.run(); });
    RawClient client(server->port());
    client.send(kGetHello);
    pause.has_begun.acquire();

    asio::post(context, [&] { server.reset(); });
    thread.join();  // as soon as nothing is under way

    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(pause.timer, nullptr);
}

TEST(HttpServerStop, ContextMayGoWhileRequestsAreUnderWay) {
    std::optional<asio::io_context> context(std::in_place, 1);
    Pause pause;
    Router router;
    router.add("GET", "/hello", [&](const Request&) { return answer_after(&pause); });
    auto server = create_http_server(context->get_executor(), std::move(router), {}).value();
    RawClient client(server->port());
    client.send(kGetHello);
    while (!pause.has_begun.try_acquire()) context->run_one();

    server.reset();
    context.reset();

    EXPECT_EQ(client.read_to_end(), "");
}

}  // namespace
}  // namespace nunchi::net
