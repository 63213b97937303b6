#include "adapters/net/http_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/error.hpp>

#include "tests/unit/adapters/net/raw_client.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kGetHello = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(HttpServer, AnswersWithTheHandlersResponse) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    const auto response = client.ask(kGetHello);

    EXPECT_EQ(response.result_int(), 200U);
    EXPECT_EQ(response["Content-Type"], "text/plain");
    EXPECT_EQ(response.body(), "hello");
}

TEST(HttpServer, KeepsTheConnectionForFurtherRequests) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.ask(kGetHello).body(), "hello");

    EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpServer, AnswersPipelinedRequestsInTheirOrder) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nthree");

    EXPECT_EQ(client.read().body(), "one");
    EXPECT_EQ(client.read().result_int(), 404U);
    EXPECT_EQ(client.read().body(), "three");
}

TEST(HttpServer, ClosesWhenTheClientAsksForIt) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    EXPECT_THAT(client.read_to_end(), EndsWith("Connection: close\r\n\r\nhello"));
}

TEST(HttpServer, ClosesAfterHttp10UnlessAskedNotTo) {
    ServerThread server(test_routes());
    RawClient old(server.port());
    RawClient kept(server.port());

    old.send("GET /hello HTTP/1.0\r\n\r\n");
    kept.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

    EXPECT_THAT(old.read_to_end(), EndsWith("hello"));
    EXPECT_EQ(kept.read()["Connection"], "keep-alive");
    EXPECT_EQ(kept.ask(kGetHello).body(), "hello");
}

TEST(HttpServer, AnswersHeadWithTheLengthAndNoBody) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nHEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n");

    EXPECT_EQ(client.read_head()["Content-Length"], "5");
    EXPECT_EQ(client.read_head().result_int(), 404U);
    EXPECT_EQ(client.ask(kGetHello).body(), "hello");
}

TEST(HttpServer, TakesAChunkedBody) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    const auto response = client.ask(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\none\r\n4\r\n two\r\n0\r\n"
        "X-Trailer: z\r\n\r\n");

    EXPECT_EQ(response.body(), "one two");
    EXPECT_EQ(client.ask(kGetHello).body(), "hello");
}

TEST(HttpServer, SaysContinueBeforeItTakesTheBody) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().result_int(), 100U);

    EXPECT_EQ(client.ask("body").body(), "body");
}

TEST(HttpServer, AnswersBeforeTheBodyWhenItDoesNotWantIt) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    client.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");

    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 404 "));
}

TEST(HttpServer, NamesTheMethodsOfThePath) {
    ServerThread server(test_routes());
    RawClient client(server.port());

    const auto response = client.ask("PATCH /hello HTTP/1.1\r\nHost: a\r\n\r\n");

    EXPECT_EQ(response.result_int(), 405U);
    EXPECT_EQ(response["Allow"], "GET, HEAD");
}

TEST(HttpServer, AnswersAHandlersExceptionWith500AndTellsIt) {
    int failures = 0;
    ServerOptions options;
    options.on_failure = [&](const std::exception_ptr& thrown) { failures += thrown ? 1 : 0; };
    {
        ServerThread server(test_routes(), options);
        RawClient client(server.port());

        EXPECT_EQ(client.ask("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n").result_int(), 500U);
        EXPECT_EQ(client.ask(kGetHello).body(), "hello");
    }
    EXPECT_EQ(failures, 1);
}

boost::asio::awaitable<Response> answer_with_status(int status) {
    co_return Response{.status = status, .headers = {}, .body = {}};
}

TEST(HttpServer, SendsNoStatusThatHttpDoesNotKnow) {
    Router router;
    router.add("GET", "/hello", [](const Request&) { return answer_with_status(7); });
    ServerThread server(std::move(router));
    RawClient client(server.port());

    EXPECT_EQ(client.ask(kGetHello).result_int(), 500U);
}

boost::asio::awaitable<Response> show_request(Request request) {
    co_return make_response(200, "text/plain",
                            request.remote_address + " " + request.method + " " + request.path + " " +
                                request.query + " " + std::string(request.headers.get("x-name")));
}

TEST(HttpServer, HandsTheWholeRequestOver) {
    Router router;
    router.add("GET", "/감정 목록", show_request);
    ServerThread server(std::move(router));
    RawClient client(server.port());

    const auto response = client.ask(
        "GET /%EA%B0%90%EC%A0%95%20%EB%AA%A9%EB%A1%9D?a=%20 HTTP/1.1\r\nHost: a\r\nX-Name: value\r\n\r\n");

    EXPECT_EQ(response.body(), "127.0.0.1 GET /감정 목록 a=%20 value");
}

class GatedServer : public testing::Test {
protected:
    static ServerOptions options() {
        ServerOptions options;
        options.gate = [](const Request& request) -> std::optional<Response> {
            if (request.headers.get("Authorization") == "Bearer key") return std::nullopt;
            return make_response(401, "text/plain", "no");
        };
        options.default_headers.set("X-Frame-Options", "DENY");
        options.max_body_bytes = 1000;
        options.read_timeout = std::chrono::milliseconds(60);
        return options;
    }

    ServerThread server_{test_routes(), options()};
};

TEST_F(GatedServer, AsksTheGateBeforeAnythingElse) {
    for (const char* line : {"GET /hello", "GET /nothing", "DELETE /hello"}) {
        RawClient client(server_.port());
        EXPECT_EQ(client.ask(std::string(line) + " HTTP/1.1\r\nHost: a\r\n\r\n").result_int(), 401U) << line;
    }
    RawClient client(server_.port());
    EXPECT_EQ(client.ask("GET /hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\n\r\n").result_int(),
              200U);
}

TEST_F(GatedServer, AsksTheGateForUpgradesToo) {
    RawClient client(server_.port());

    const auto response = client.ask(
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

    EXPECT_EQ(response.result_int(), 401U);
    EXPECT_EQ(response.body(), "no");
}

TEST_F(GatedServer, TakesNoBodyOfWhomTheGateRefuses) {
    RawClient client(server_.port());

    // The body is announced and never sent.
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n");

    EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 401 "));
}

TEST_F(GatedServer, AddsTheDefaultHeadersToItsOwnAnswersToo) {
    const std::vector<std::pair<std::string, unsigned>> cases{
        {"GET /hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\n\r\n", 200},
        {"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", 401},
        {"GET /nothing HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\n\r\n", 404},
        {"PUT /hello HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\n\r\n", 405},
        {"GET /throw HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\n\r\n", 500},
        {"nonsense\r\n\r\n", 400},
        {"GET /hello", 408},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413},
        {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n", 431},
        {"GET /ws HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
         101},
        {"GET /ws HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
         400},
    };
    for (const auto& [text, status] : cases) {
        RawClient client(server_.port());
        client.send(text);
        const auto response = client.read_head();
        EXPECT_EQ(response.result_int(), status) << text;
        EXPECT_EQ(response["X-Frame-Options"], "DENY") << text;
    }
}

TEST(CreateHttpServer, FailsWhenThePortIsTaken) {
    ServerThread server(test_routes());
    boost::asio::io_context context;
    ServerOptions options;
    options.port = server.port();

    const auto second = create_http_server(context.get_executor(), test_routes(), options);

    EXPECT_EQ(second.error(), boost::asio::error::address_in_use);
}

TEST(CreateHttpServer, FailsForWhatIsNoAddress) {
    boost::asio::io_context context;
    ServerOptions options;
    options.address = "example.com";

    EXPECT_TRUE(create_http_server(context.get_executor(), test_routes(), options).has_error());
}

}  // namespace
}  // namespace nunchi::net
