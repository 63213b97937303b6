#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <future>
#include <numeric>
#include <vector>

#include "tests/unit/adapters/net/beast_websocket_client.hpp"
#include "tests/unit/adapters/net/raw_client.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::EndsWith;
using testing::StartsWith;

using UniqueWebSocket = std::unique_ptr<WebSocket>;

constexpr std::string_view kUpgrade =
    "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

/// A server whose only route is a WebSocket with this handler.
Router only(WebSocketHandler handler) {
    Router router;
    router.add_websocket("/ws", std::move(handler));
    return router;
}

TEST(WebSocketServer, CarriesTextAndBinaryMessages) {
    ServerThread server(test_routes());
    BeastWebSocketClient client(server.port());

    client.send("안녕하세요");
    EXPECT_EQ(client.read(), "안녕하세요");
    EXPECT_TRUE(client.stream.got_text());

    client.stream.binary(true);
    client.send(std::string("\0\xff", 2));
    EXPECT_EQ(client.read(), std::string("\0\xff", 2));
    EXPECT_TRUE(client.stream.got_binary());
}

TEST(WebSocketServer, CarriesLargeAndEmptyAndFragmentedMessages) {
    ServerThread server(test_routes());
    BeastWebSocketClient client(server.port());
    const std::string large(200'000, 'x');

    for (const std::string& text : {std::string(), large, std::string(512, 'y'), std::string(513, 'z')}) {
        client.send(text);
        EXPECT_EQ(client.read(), text);
    }
    client.stream.write_some(false, asio::buffer("one ", 4));
    client.stream.write_some(false, asio::buffer("two ", 4));
    client.stream.write_some(true, asio::buffer("three", 5));
    EXPECT_EQ(client.read(), "one two three");
}

TEST(WebSocketServer, ClosesWith1009WhenAMessageIsTooLarge) {
    ServerOptions options;
    options.max_websocket_message = 1000;
    ServerThread server(test_routes(), options);
    BeastWebSocketClient client(server.port());

    client.send(std::string(1000, 'x'));
    EXPECT_EQ(client.read(), std::string(1000, 'x'));
    client.send(std::string(1001, 'x'));

    EXPECT_THAT(client.read(), StartsWith("(closed 1009"));
}

TEST(WebSocketServer, ClosesWith1007WhenTextIsNotUtf8) {
    ServerThread server(test_routes());
    BeastWebSocketClient client(server.port());

    client.send("\xff\xfe");

    EXPECT_THAT(client.read(), StartsWith("(closed 1007"));
}

TEST(WebSocketServer, NeverCompresses) {
    ServerThread server(test_routes());
    RawClient client(server.port());
    std::string upgrade(kUpgrade);
    upgrade.insert(upgrade.size() - 2, "Sec-WebSocket-Extensions: permessage-deflate\r\n");

    const auto response = client.ask(upgrade);

    EXPECT_EQ(response.result_int(), 101U);
    EXPECT_EQ(response.count("Sec-WebSocket-Extensions"), 0U);
    // RFC 6455, section 1.3, of this key: printf '%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11' KEY | sha1 | base64
    EXPECT_EQ(response["Sec-WebSocket-Accept"], "ICX+Yqv66kxgM0FcWaLWlFLwTAI=");
}

TEST(WebSocketServer, AnswersPings) {
    ServerThread server(test_routes());
    BeastWebSocketClient client(server.port());
    std::string pong;
    client.stream.control_callback(
        [&](boost::beast::websocket::frame_type kind, boost::beast::string_view payload) {
            if (kind == boost::beast::websocket::frame_type::pong) pong = std::string(payload);
        });

    client.stream.ping("are you there");
    client.send("x");

    EXPECT_EQ(client.read(), "x");
    EXPECT_EQ(pong, "are you there");
}

TEST(WebSocketServer, StaysHttpWhenTheCheckRefuses) {
    Router router = test_routes();
    router.add_websocket("/ws", echo_frames, [](const Request& request) -> std::optional<Response> {
        if (request.headers.get("Origin") == "http://good.example") return std::nullopt;
        return make_response(403, "text/plain", "not you");
    });
    ServerThread server(std::move(router));
    RawClient client(server.port());

    EXPECT_EQ(client.ask(kUpgrade).body(), "not you");

    std::string upgrade(kUpgrade);
    upgrade.insert(upgrade.size() - 2, "Origin: http://good.example\r\n");
    EXPECT_EQ(client.ask(upgrade).result_int(), 101U);
}

TEST(WebSocketServer, RefusesBrokenHandshakes) {
    ServerThread server(test_routes());
    const std::vector<std::pair<std::string, std::string>> cases{
        {"Sec-WebSocket-Version: 13\r\n", "400"},
        {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "400"},
        {"Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "426"},
        {"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nContent-Length: 3\r\n",
         "400"},
    };
    for (const auto& [headers, status] : cases) {
        RawClient client(server.port());
        client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n" + headers +
                    "\r\n");
        EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 " + status)) << headers;
    }
}

TEST(WebSocketServer, PingsASilentClientAndGivesItUp) {
    ServerOptions options;
    options.websocket_idle = milliseconds(60);
    ServerThread server(test_routes(), options);
    RawClient client(server.port());
    client.ask(kUpgrade);

    // One empty ping, and then the end.
    EXPECT_EQ(client.read_to_end(), std::string("\x89\0", 2));
}

TEST(WebSocketServer, KeepsAClientThatAnswersPings) {
    ServerOptions options;
    options.websocket_idle = milliseconds(40);
    ServerThread server(test_routes(), options);
    BeastWebSocketClient client(server.port());
    int pings = 0;
    client.stream.control_callback([&](boost::beast::websocket::frame_type kind, boost::beast::string_view) {
        if (kind == boost::beast::websocket::frame_type::ping && ++pings == 5) {
            // A client masks its frames; this one is "x" under a mask of zeros.
            asio::write(client.stream.next_layer(), asio::buffer("\x81\x81\0\0\0\0x", 7));
        }
    });

    EXPECT_EQ(client.read(), "x");
    EXPECT_EQ(pings, 5);
}

/// What the handler saw at the end.
struct Ending {
    std::promise<std::string> told;
};

asio::awaitable<void> tell_ending(UniqueWebSocket websocket, Ending* ending) {
    const result<Frame> frame = co_await websocket->read();
    ending->told.set_value(frame ? "message"
                                 : frame.error().message() + " " + std::to_string(websocket->close_code()) +
                                       " " + websocket->close_reason());
}

TEST(WebSocketServer, TellsTheHandlerWhyTheClientLeft) {
    Ending ending;
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
        return tell_ending(std::move(websocket), &ending);
    }));
    BeastWebSocketClient client(server.port());

    client.stream.close({static_cast<boost::beast::websocket::close_code>(4321), "enough"});

    EXPECT_EQ(ending.told.get_future().get(), make_error_code(errc::closed).message() + " 4321 enough");
}

TEST(WebSocketServer, TellsTheHandlerThatTheClientVanished) {
    Ending ending;
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
        return tell_ending(std::move(websocket), &ending);
    }));
    BeastWebSocketClient client(server.port());

    client.stream.next_layer().close();

    EXPECT_EQ(ending.told.get_future().get(), make_error_code(errc::closed).message() + " 0 ");
}

asio::awaitable<void> close_with_reason(UniqueWebSocket websocket, std::string reason) {
    Frame frame{.is_binary = false, .payload = "last words"};
    co_await websocket->write(std::move(frame));
    co_await websocket->close(4000, std::move(reason));
}

TEST(WebSocketServer, ClosesWithACodeAfterWhatWasWritten) {
    ServerThread server(only([](const Request&, UniqueWebSocket websocket) {
        return close_with_reason(std::move(websocket), "done");
    }));
    BeastWebSocketClient client(server.port());

    EXPECT_EQ(client.read(), "last words");
    EXPECT_EQ(client.read(), "(closed 4000 done)");
}

TEST(WebSocketServer, CutsACloseReasonThatIsTooLongBetweenTwoCharacters) {
    std::string reason;
    for (int i = 0; i < 50; ++i) reason += "끝";
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
        return close_with_reason(std::move(websocket), "x" + reason);
    }));
    BeastWebSocketClient client(server.port());

    client.read();
    EXPECT_EQ(client.read(), "(closed 4000 x" + reason.substr(0, 40 * 3) + ")");
}

asio::awaitable<void> leave_at_once(UniqueWebSocket) {
    co_return;
}

TEST(WebSocketServer, ClosesHardWhenTheHandlerLeaves) {
    ServerThread server(
        only([](const Request&, UniqueWebSocket websocket) { return leave_at_once(std::move(websocket)); }));
    BeastWebSocketClient client(server.port());

    EXPECT_THAT(client.read(), StartsWith("(End of file"));
}

TEST(WebSocketServer, ClosesWith1001WhenTheServerStops) {
    ServerThread server(test_routes());
    BeastWebSocketClient client(server.port());
    auto stopped = server.begin_stop(seconds(20));

    EXPECT_THAT(client.read(), StartsWith("(closed 1001"));
    stopped.get();
    EXPECT_EQ(server.connections(), 0U);
}

TEST(WebSocketServer, IsCutWhenTheClientDoesNotAnswerTheClose) {
    ServerThread server(test_routes());
    RawClient client(server.port());
    client.ask(kUpgrade);

    server.stop(milliseconds(30));

    EXPECT_EQ(server.connections(), 0U);
    EXPECT_EQ(client.read_to_end(), std::string("\x88\x02\x03\xe9", 4));  // 1001, and then the end
}

struct Backlog {
    std::promise<int> taken;
};

asio::awaitable<void> write_once(WebSocket* websocket, int* failures) {
    Frame frame{.is_binary = true, .payload = std::string(100'000, 'x')};
    const auto written = co_await websocket->write(std::move(frame));
    if (!written && written.error() == errc::too_many) ++*failures;
}

/// Writes to a client that does not read until there is no place left.
asio::awaitable<void> fill_backlog(UniqueWebSocket websocket, Backlog* backlog) {
    const auto executor = co_await asio::this_coro::executor;
    int failures = 0;
    int taken = 0;
    for (; failures == 0 && taken < 1000; ++taken) {
        asio::co_spawn(executor, write_once(websocket.get(), &failures), asio::detached);
        co_await asio::post(asio::use_awaitable);
    }
    backlog->taken.set_value(taken);
    co_await websocket->read();
}

TEST(WebSocketServer, RefusesWritesBeyondTheBacklog) {
    Backlog backlog;
    ServerOptions options;
    options.max_websocket_backlog = 1'000'000;
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
                            return fill_backlog(std::move(websocket), &backlog);
                        }),
                        options);
    RawClient client(server.port());
    client.ask(kUpgrade);

    // The system's buffers take some megabytes, our own queue ten frames.
    const int taken = backlog.taken.get_future().get();
    EXPECT_GT(taken, 10);
    EXPECT_LT(taken, 500);
}

asio::awaitable<void> write_number(WebSocket* websocket, int number) {
    Frame frame{.is_binary = false, .payload = std::to_string(number)};
    co_await websocket->write(std::move(frame));
}

/// A hundred writes under way at once.
asio::awaitable<void> write_numbers(UniqueWebSocket websocket) {
    const auto executor = co_await asio::this_coro::executor;
    for (int number = 0; number < 100; ++number) {
        asio::co_spawn(executor, write_number(websocket.get(), number), asio::detached);
    }
    co_await websocket->ping("done");
    co_await websocket->close(1000, "");
}

TEST(WebSocketServer, WritesInTheOrderOfTheCalls) {
    ServerThread server(
        only([](const Request&, UniqueWebSocket websocket) { return write_numbers(std::move(websocket)); }));
    BeastWebSocketClient client(server.port());
    std::vector<std::string> expected;
    std::vector<std::string> read;

    for (int number = 0; number < 100; ++number) {
        expected.push_back(std::to_string(number));
        read.push_back(client.read());
    }

    EXPECT_EQ(read, expected);
    EXPECT_THAT(client.read(), StartsWith("(closed 1000"));
}

asio::awaitable<void> read_into(WebSocket* websocket, std::vector<std::string>* messages) {
    const result<Frame> frame = co_await websocket->read();
    messages->push_back(frame ? frame->payload : frame.error().message());
}

/// Cancels a read in the midst of a message, and reads again.
asio::awaitable<void> cancel_and_read(UniqueWebSocket websocket, std::promise<std::vector<std::string>>* told,
                                      std::binary_semaphore* has_cancelled) {
    const auto executor = co_await asio::this_coro::executor;
    std::vector<std::string> messages;
    asio::cancellation_signal signal;
    asio::co_spawn(executor, read_into(websocket.get(), &messages),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    Frame frame{.is_binary = false, .payload = "go on"};
    co_await websocket->write(std::move(frame));
    signal.emit(asio::cancellation_type::terminal);
    co_await asio::post(asio::use_awaitable);
    has_cancelled->release();
    co_await read_into(websocket.get(), &messages);
    co_await read_into(websocket.get(), &messages);
    told->set_value(messages);
}

TEST(WebSocketServer, LosesNothingWhenAReadIsCancelled) {
    std::promise<std::vector<std::string>> told;
    std::binary_semaphore has_cancelled{0};
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
        return cancel_and_read(std::move(websocket), &told, &has_cancelled);
    }));
    BeastWebSocketClient client(server.port());

    client.stream.write_some(false, asio::buffer("first half, ", 12));
    EXPECT_EQ(client.read(), "go on");
    has_cancelled.acquire();
    client.stream.write_some(true, asio::buffer("second half", 11));
    client.send("another");

    EXPECT_THAT(told.get_future().get(),
                ElementsAre(boost::system::error_code(asio::error::operation_aborted).message(),
                            "first half, second half", "another"));
}

asio::awaitable<void> read_twice_after_error(UniqueWebSocket websocket,
                                             std::promise<std::vector<std::string>>* told) {
    std::vector<std::string> messages;
    co_await read_into(websocket.get(), &messages);
    co_await read_into(websocket.get(), &messages);
    Frame frame{.is_binary = false, .payload = "x"};
    const auto written = co_await websocket->write(std::move(frame));
    messages.push_back(written ? "written" : written.error().message());
    co_await websocket->close(1000, "");  // comes back at once
    told->set_value(messages);
}

TEST(WebSocketServer, RepeatsTheErrorThatEndedTheConnection) {
    std::promise<std::vector<std::string>> told;
    ServerOptions options;
    options.max_websocket_message = 10;
    ServerThread server(only([&](const Request&, UniqueWebSocket websocket) {
                            return read_twice_after_error(std::move(websocket), &told);
                        }),
                        options);
    BeastWebSocketClient client(server.port());

    client.send(std::string(11, 'x'));
    client.read();

    const std::string too_large = make_error_code(errc::too_large).message();
    EXPECT_THAT(told.get_future().get(), ElementsAre(too_large, too_large, too_large));
}

}  // namespace
}  // namespace nunchi::net
