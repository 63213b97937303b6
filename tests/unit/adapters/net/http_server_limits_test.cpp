#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>

#include "tests/unit/adapters/net/raw_client.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kGetHello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

/// What a server with these options says to it, until it closes.
std::string told(const ServerOptions& options, std::string_view text) {
    ServerThread server(test_routes(), options);
    RawClient client(server.port());
    client.send(text);
    return client.read_to_end();
}

/// Waits for the executor's queue, not for a time.
void wait_until(ServerThread& server, std::size_t connections) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (server.connections() != connections && std::chrono::steady_clock::now() < give_up)
        std::this_thread::yield();
}

TEST(HttpServerLimits, RefusesABodyThatIsAnnouncedTooLarge) {
    ServerOptions options;
    options.max_body_bytes = 10;

    EXPECT_THAT(told(options, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"),
                StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServerLimits, RefusesAChunkedBodyThatGrowsTooLarge) {
    ServerOptions options;
    options.max_body_bytes = 10;

    EXPECT_THAT(
        told(
            options,
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n"),
        StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServerLimits, TakesABodyUpToTheLimit) {
    ServerOptions options;
    options.max_body_bytes = 200'000;
    ServerThread server(test_routes(), options);
    RawClient client(server.port());
    const std::string body(200'000, 'x');

    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + body).body(),
              body);
}

TEST(HttpServerLimits, LetsTheClientReadTheRefusalAlthoughItStillSends) {
    ServerOptions options;
    options.max_body_bytes = 1000;
    ServerThread server(test_routes(), options);
    RawClient client(server.port());

    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n");
    client.send(std::string(2'000'000, 'x'));

    EXPECT_EQ(client.read().result_int(), 413U);
}

TEST(HttpServerLimits, RefusesAHeaderThatIsTooLarge) {
    ServerOptions options;
    options.max_header_bytes = 1000;

    EXPECT_THAT(told(options, "GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(1000, 'x')),
                StartsWith("HTTP/1.1 431 "));
}

TEST(HttpServerLimits, RefusesMalformedRequests) {
    for (
        const char* text : {
            "nonsense\r\n\r\n",
            "GET /hello\r\n\r\n",
            "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET /hello HTTP/1.1\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n",
            "GET /hello HTTP/1.1\nHost: a\n\n",
            "GET /hello HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
            "GET /../hello HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /hello%00 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET hello HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
            "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        }) {
        EXPECT_THAT(told({}, text), StartsWith("HTTP/1.1 400 ")) << text;
    }
}

TEST(HttpServerLimits, RefusesCodingsAndExpectationsThatItDoesNotKnow) {
    for (const char* coding : {"gzip", "gzip, chunked", "xchunked", "identity", "chunked, identity"}) {
        EXPECT_THAT(told({}, std::string("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ") + coding +
                                 "\r\n\r\n0\r\n\r\n"),
                    StartsWith("HTTP/1.1 501 "))
            << coding;
    }
    EXPECT_THAT(told({}, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n"),
                StartsWith("HTTP/1.1 417 "));
}

TEST(HttpServerLimits, GivesUpOnAHeaderThatDoesNotCome) {
    ServerOptions options;
    options.read_timeout = milliseconds(50);

    EXPECT_THAT(told(options, "GET /hello HTTP/1.1\r\nHost:"), StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServerLimits, GivesUpOnABodyThatDoesNotCome) {
    ServerOptions options;
    options.read_timeout = milliseconds(50);

    EXPECT_THAT(told(options, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"),
                StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServerLimits, GivesUpOnAClientThatSendsByteByByte) {
    ServerOptions options;
    options.read_timeout = milliseconds(50);
    ServerThread server(test_routes(), options);
    RawClient client(server.port());
    client.socket.non_blocking(true);
    client.send("GET /hello HTTP/1.1\r\n");
    boost::system::error_code error;
    std::array<char, 1000> answer{};
    std::size_t size = 0;

    // Never silent for as long as the limit; the limit is for the whole.
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (size == 0 && std::chrono::steady_clock::now() < give_up) {
        client.socket.write_some(asio::buffer("x", 1), error);
        size = client.socket.read_some(asio::buffer(answer), error);
        std::this_thread::yield();
    }

    EXPECT_THAT(std::string(answer.data(), size),
                testing::AnyOf(StartsWith("HTTP/1.1 408 "), StartsWith("HTTP/1.1 431 ")));
}

TEST(HttpServerLimits, ClosesAConnectionThatAsksNothingMore) {
    ServerOptions options;
    options.keep_alive = milliseconds(50);

    const std::string answer = told(options, kGetHello);

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nhello"));
}

TEST(HttpServerLimits, ClosesAConnectionThatNeverAsksWithoutAWord) {
    ServerOptions options;
    options.read_timeout = milliseconds(50);

    EXPECT_EQ(told(options, ""), "");
}

TEST(HttpServerLimits, AnswersForAHandlerThatTakesTooLong) {
    ServerOptions options;
    options.handler_timeout = milliseconds(50);
    options.default_headers.set("X-Frame-Options", "DENY");

    const std::string answer = told(options, "GET /never HTTP/1.1\r\nHost: a\r\n\r\n");

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(answer, HasSubstr("\r\nX-Frame-Options: DENY\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
}

asio::awaitable<Response> wait_for_cancellation(std::atomic<int>* cancelled) {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    ++*cancelled;
    co_return Response{};
}

TEST(HttpServerLimits, CancelsAHandlerThatTakesTooLong) {
    std::atomic<int> cancelled = 0;
    int failures = 0;
    ServerOptions options;
    options.handler_timeout = milliseconds(50);
    options.on_failure = [&](const std::exception_ptr&) { ++failures; };
    Router router;
    router.add("GET", "/hello", [&](const Request&) { return wait_for_cancellation(&cancelled); });
    {
        ServerThread server(std::move(router), options);
        RawClient client(server.port());
        client.send(kGetHello);
        client.read_to_end();
        wait_until(server, 0);
    }
    EXPECT_EQ(cancelled, 1);
    EXPECT_EQ(failures, 0);
}

asio::awaitable<Response> ignore_cancellation(asio::steady_timer* timer) {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    co_return make_response(200, "text/plain", "too late");
}

TEST(HttpServerLimits, AnswersInTimeAlsoWhenTheHandlerCannotBeCancelled) {
    asio::io_context context{1};
    asio::steady_timer timer(context, std::chrono::hours(1));
    ServerOptions options;
    options.handler_timeout = milliseconds(50);
    Router router;
    router.add("GET", "/hello", [&](const Request&) { return ignore_cancellation(&timer); });
    auto server = create_http_server(context.get_executor(), std::move(router), options).value();
    std::thread thread([&] { context.run(); });
    RawClient client(server->port());

    client.send(kGetHello);

    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 503 "));
    asio::post(context, [&] { timer.cancel(); });
    asio::co_spawn(context, server->stop(std::chrono::seconds(20)), asio::use_future).get();
    thread.join();
}

TEST(HttpServerLimits, RefusesConnectionsBeyondTheMostAndTakesThemAgainLater) {
    ServerOptions options;
    options.max_connections = 2;
    ServerThread server(test_routes(), options);
    RawClient first(server.port());
    std::optional<RawClient> second(std::in_place, server.port());
    first.ask(kGetHello);
    second->ask(kGetHello);

    RawClient third(server.port());
    EXPECT_THAT(third.read_to_end(), StartsWith("HTTP/1.1 503 "));

    second.reset();
    wait_until(server, 1);
    RawClient fourth(server.port());
    EXPECT_EQ(fourth.ask(kGetHello).body(), "hello");
}

asio::awaitable<Response> send_much(Request) {
    co_return make_response(200, "text/plain", std::string(64 * 1024 * 1024, 'x'));
}

TEST(HttpServerLimits, GivesUpOnAClientThatDoesNotRead) {
    ServerOptions options;
    options.write_timeout = milliseconds(50);
    Router router;
    router.add("GET", "/hello", send_much);
    ServerThread server(std::move(router), options);
    RawClient client(server.port());

    client.send(kGetHello);
    client.socket.wait(asio::ip::tcp::socket::wait_read);
    wait_until(server, 0);

    EXPECT_EQ(server.connections(), 0U);
}

}  // namespace
}  // namespace nunchi::net
