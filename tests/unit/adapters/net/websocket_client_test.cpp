#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <semaphore>

#include "adapters/net/http_client.hpp"
#include "tests/unit/adapters/net/coroutine_runner.hpp"
#include "tests/unit/adapters/net/scripted_peer.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using UniqueWebSocket = std::unique_ptr<WebSocket>;

class WebSocketClientTest : public testing::Test {
protected:
    result<UniqueWebSocket> connect(std::string url, milliseconds timeout = std::chrono::seconds(20),
                                    Headers headers = {}) {
        WebSocketRequest request;
        request.url = std::move(url);
        request.headers = std::move(headers);
        request.timeout = timeout;
        return run(context_, client_->connect(std::move(request)));
    }

    static std::string url(std::uint16_t port) {
        return "ws://127.0.0.1:" + std::to_string(port) + "/ws?a=b";
    }

    asio::io_context context_{1};
    std::unique_ptr<HttpClient> client_ =
        create_http_client(context_.get_executor(), {.user_agent = "Nunchi"}).value();
};

asio::awaitable<std::string> exchange_message(WebSocket* websocket, Frame frame) {
    const auto written = co_await websocket->write(std::move(frame));
    if (!written) co_return "not written: " + written.error().message();
    const result<Frame> answer = co_await websocket->read();
    co_return answer ? (answer->is_binary ? "binary " : "text ") + answer->payload : answer.error().message();
}

TEST_F(WebSocketClientTest, CarriesMessagesBothWays) {
    ServerThread server(test_routes());
    auto websocket = connect(url(server.port())).value();
    const std::string large(200'000, 'x');

    EXPECT_EQ(run(context_, exchange_message(websocket.get(), text_frame("안녕"))), "text 안녕");
    EXPECT_EQ(run(context_, exchange_message(websocket.get(), binary_frame(large))), "binary " + large);
}

TEST_F(WebSocketClientTest, OutlivesItsClient) {
    ServerThread server(test_routes());
    auto websocket = connect(url(server.port())).value();

    client_.reset();

    EXPECT_EQ(run(context_, exchange_message(websocket.get(), text_frame("still"))), "text still");
}

TEST_F(WebSocketClientTest, SendsTheCallersHeadersButNotTheHandshakesOwn) {
    std::string head;
    {
        ScriptedPeer peer({[&](PeerConnection& connection) {
            head = connection.read_head();
            connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        }});
        Headers headers;
        headers.set("Authorization", "Bearer key");
        headers.set("Sec-WebSocket-Key", "forged");
        headers.set("Host", "forged");
        headers.set("Connection", "forged");

        EXPECT_EQ(connect(url(peer.port()), std::chrono::seconds(20), headers).error(),
                  errc::upgrade_refused);
    }
    EXPECT_THAT(head, StartsWith("GET /ws?a=b HTTP/1.1\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nHost: 127.0.0.1:"));
    EXPECT_THAT(head, HasSubstr("\r\nAuthorization: Bearer key\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nUser-Agent: Nunchi\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nSec-WebSocket-Key: "));
    EXPECT_THAT(head, Not(HasSubstr("forged")));
    EXPECT_THAT(head, Not(HasSubstr("permessage-deflate")));
}

TEST_F(WebSocketClientTest, TellsWhyThereIsNoWebSocket) {
    const std::vector<std::pair<std::string, errc>> cases{
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", errc::upgrade_refused},
        {"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", errc::upgrade_refused},
        {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
         "Sec-WebSocket-Accept: wrong\r\n\r\n",
         errc::bad_response},
        {"HTTP/1.1 101 Switching Protocols\r\n\r\n", errc::bad_response},
        {"nonsense\r\n\r\n", errc::bad_response},
        {"", errc::closed},
        {"HTTP/1.1 101 Swit", errc::closed},
        {"HTTP/1.1 101 Switching Protocols\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n", errc::too_large},
    };
    for (const auto& [text, error] : cases) {
        ScriptedPeer peer({answer(text)});
        EXPECT_EQ(connect(url(peer.port())).error(), error) << text.substr(0, 100);
    }
}

TEST_F(WebSocketClientTest, GivesUpOnTheHandshakeAtTheDeadline) {
    ScriptedPeer peer({[](PeerConnection& connection) { connection.read_to_end(); }});

    EXPECT_EQ(connect(url(peer.port()), milliseconds(30)).error(), errc::timed_out);
}

asio::awaitable<void> say_goodbye(UniqueWebSocket websocket) {
    co_await websocket->read();
    co_await websocket->close(4009, "잘 가요");
}

TEST_F(WebSocketClientTest, TellsWhyTheServerClosed) {
    Router router;
    router.add_websocket(
        "/ws", [](const Request&, UniqueWebSocket websocket) { return say_goodbye(std::move(websocket)); });
    ServerThread server(std::move(router));
    auto websocket = connect(url(server.port())).value();

    EXPECT_EQ(run(context_, exchange_message(websocket.get(), text_frame("x"))),
              make_error_code(errc::closed).message());
    EXPECT_EQ(websocket->close_code(), 4009);
    EXPECT_EQ(websocket->close_reason(), "잘 가요");
}

TEST_F(WebSocketClientTest, ClosesWithItsOwnCode) {
    ServerThread server(test_routes());
    auto websocket = connect(url(server.port())).value();

    run(context_, websocket->close(4001, "enough"));

    EXPECT_EQ(websocket->close_code(), 4001);  // the server's answer
    EXPECT_EQ(run(context_, exchange_message(websocket.get(), {})),
              "not written: " + make_error_code(errc::closed).message());
}

TEST_F(WebSocketClientTest, DestructionEndsTheReadUnderWay) {
    ServerThread server(test_routes());
    auto websocket = connect(url(server.port())).value();
    result<Frame> outcome = Frame{};
    asio::co_spawn(context_, websocket->read(),
                   [&](std::exception_ptr, result<Frame> frame) { outcome = std::move(frame); });
    context_.restart();
    context_.poll();

    websocket.reset();
    context_.run_for(std::chrono::seconds(20));

    EXPECT_EQ(outcome.error(), errc::shutting_down);
}

TEST_F(WebSocketClientTest, ContextMayGoWhileAReadIsUnderWay) {
    ServerThread server(test_routes());
    std::optional<asio::io_context> context(std::in_place, 1);
    auto client = create_http_client(context->get_executor(), {}).value();
    WebSocketRequest request;
    request.url = url(server.port());
    auto websocket = run(*context, client->connect(std::move(request))).value();
    asio::co_spawn(*context, websocket->read(), [](auto...) {});
    context->restart();
    context->poll();

    websocket.reset();
    client.reset();
    context.reset();

    SUCCEED();  // the sanitizers watch
}

}  // namespace
}  // namespace nunchi::net
