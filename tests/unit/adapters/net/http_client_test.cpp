#include "adapters/net/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <semaphore>
#include <vector>

#include "tests/unit/adapters/net/coroutine_runner.hpp"
#include "tests/unit/adapters/net/scripted_peer.hpp"
#include "tests/unit/adapters/net/server_thread.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpClientTest : public testing::Test {
protected:
    void create(ClientOptions options) {
        client_ = create_http_client(context_.get_executor(), std::move(options)).value();
    }

    result<Response> send(ClientRequest request) { return run(context_, client_->send(std::move(request))); }
    result<Response> get(std::string url) { return send(request_to(std::move(url))); }

    static ClientRequest request_to(std::string url, std::string method = "GET", std::string body = {}) {
        ClientRequest request;
        request.method = std::move(method);
        request.url = std::move(url);
        request.body = std::move(body);
        return request;
    }

    asio::io_context context_{1};
    std::unique_ptr<HttpClient> client_ = create_http_client(context_.get_executor(), {}).value();
};

constexpr std::string_view kHello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

TEST_F(HttpClientTest, GetsAResponse) {
    ScriptedPeer peer({answer("HTTP/1.1 201 Made\r\nX-Name: value\r\nContent-Length: 5\r\n\r\nhello")});

    const auto response = get(peer.url("/path?query"));

    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->headers.get("x-name"), "value");
    EXPECT_EQ(response->body, "hello");
}

TEST_F(HttpClientTest, SpeaksToOurOwnServer) {
    ServerThread server(test_routes());
    const std::string base = "http://localhost:" + std::to_string(server.port());
    const std::string large(1'000'000, 'x');

    EXPECT_EQ(get(base + "/hello")->body, "hello");
    EXPECT_EQ(send(request_to(base + "/echo", "POST", large))->body, large);
    EXPECT_EQ(send(request_to(base + "/hello", "HEAD"))->headers.get("Content-Length"), "5");
    EXPECT_EQ(get(base + "/hello")->body, "hello");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(HttpClientTest, TakesEveryWayInWhichABodyEnds) {
    ScriptedPeer peer({
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4;x\r\n two\r\n0\r\n\r\n"),
        answer("HTTP/1.1 200 OK\r\n\r\nuntil the end"),
        answer("HTTP/1.0 200 OK\r\n\r\nold"),
        answer("HTTP/1.1 204 No Content\r\n\r\n"),
        answer("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
        answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    });
    std::vector<std::string> bodies;

    for (int i = 0; i < 6; ++i) bodies.push_back(get(peer.url())->body);

    EXPECT_THAT(bodies, ElementsAre("one two", "until the end", "old", "", "", ""));
}

TEST_F(HttpClientTest, PassesOverInterimAnswers) {
    ScriptedPeer peer({answer("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
                              std::string(kHello))});

    EXPECT_EQ(get(peer.url())->body, "hello");
}

TEST_F(HttpClientTest, DoesNotFollowRedirects) {
    ScriptedPeer peer({answer("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")});

    EXPECT_EQ(get(peer.url())->status, 302);
}

TEST_F(HttpClientTest, ReusesItsConnection) {
    std::vector<std::string> heads;
    ScriptedPeer peer({[&](PeerConnection& connection) {
        for (int i = 0; i < 3; ++i) {
            heads.push_back(connection.read_head());
            connection.send(kHello);
        }
        connection.read_to_end();
    }});

    for (const char* path : {"/1", "/2", "/3"}) EXPECT_EQ(get(peer.url(path))->body, "hello");

    client_.reset();
    EXPECT_THAT(heads, ElementsAre(StartsWith("GET /1 "), StartsWith("GET /2 "), StartsWith("GET /3 ")));
}

TEST_F(HttpClientTest, DoesNotReuseAConnectionThatIsNoGood) {
    ScriptedPeer peer({
        [](PeerConnection& connection) {
            connection.read_head();
            connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1");
            connection.read_to_end();
        },
        [](PeerConnection& connection) {
            connection.read_head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2and more than was told");
            connection.read_to_end();
        },
        answer(std::string(kHello)),
    });

    EXPECT_EQ(get(peer.url())->body, "1");
    EXPECT_EQ(get(peer.url())->body, "2");
    EXPECT_EQ(get(peer.url())->body, "hello");
}

TEST_F(HttpClientTest, ReplacesAConnectionThatWasClosedMeanwhile) {
    std::binary_semaphore has_closed{0};
    ScriptedPeer peer({
        [&](PeerConnection& connection) {
            connection.read_head();
            connection.send(kHello);
            connection.socket.close();
            has_closed.release();
        },
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain"),
    });

    EXPECT_EQ(get(peer.url())->body, "hello");
    has_closed.acquire();
    EXPECT_EQ(send(request_to(peer.url(), "POST", "x"))->body, "again");
}

/// Answers once, and closes at the second request without a word.
void answer_once(PeerConnection& connection) {
    connection.read_head();
    connection.send(kHello);
    connection.read_head();
}

TEST_F(HttpClientTest, AsksAgainWhenAKeptConnectionClosesBeforeItsAnswer) {
    for (const char* method : {"GET", "PUT", "DELETE"}) {
        ScriptedPeer peer({answer_once, answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain")});
        EXPECT_EQ(get(peer.url())->body, "hello");
        EXPECT_EQ(send(request_to(peer.url(), method))->body, "again") << method;
    }
}

TEST_F(HttpClientTest, DoesNotSendAPostTwice) {
    ScriptedPeer peer({answer_once, answer(std::string(kHello))});
    EXPECT_EQ(get(peer.url())->body, "hello");

    EXPECT_EQ(send(request_to(peer.url(), "POST", "x")).error(), errc::closed);

    EXPECT_EQ(get(peer.url())->body, "hello");
}

TEST_F(HttpClientTest, AsksAgainOnceOnly) {
    ScriptedPeer peer({answer_once, [](PeerConnection& connection) { connection.read_head(); },
                       answer(std::string(kHello))});
    EXPECT_EQ(get(peer.url())->body, "hello");

    EXPECT_EQ(get(peer.url()).error(), errc::closed);

    EXPECT_EQ(get(peer.url())->body, "hello");
}

TEST_F(HttpClientTest, DoesNotAskAgainWhenTheAnswerHadBegun) {
    ScriptedPeer peer({
        [](PeerConnection& connection) {
            connection.read_head();
            connection.send(kHello);
            connection.read_head();
            connection.send("HTTP/1.1 2");
        },
        answer(std::string(kHello)),
    });
    EXPECT_EQ(get(peer.url())->body, "hello");

    EXPECT_EQ(get(peer.url()).error(), errc::closed);

    EXPECT_EQ(get(peer.url())->body, "hello");
}

TEST_F(HttpClientTest, TellsThatTheAnswerIsNotWhole) {
    for (const char* text :
         {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
        ScriptedPeer peer({answer(text)});
        EXPECT_EQ(get(peer.url()).error(), errc::closed) << text;
    }
}

TEST_F(HttpClientTest, TellsThatThePeerDoesNotSpeakHttp) {
    for (const char* text :
         {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nBroken\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"}) {
        ScriptedPeer peer({answer(text)});
        EXPECT_EQ(get(peer.url()).error(), errc::bad_response) << text;
    }
}

TEST_F(HttpClientTest, BoundsWhatItTakesIn) {
    create({.max_response_bytes = 10});
    const std::string long_header = "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n";
    for (const std::string& text :
         {std::string("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"),
          std::string("HTTP/1.1 200 OK\r\n\r\nhello hello"),
          std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\n"),
          long_header}) {
        ScriptedPeer peer({answer(text)});
        EXPECT_EQ(get(peer.url()).error(), errc::too_large) << text.substr(0, 80);
    }
}

TEST_F(HttpClientTest, TakesAnAnswerThatComesBeforeTheWholeBodyWasSent) {
    ScriptedPeer peer({[](PeerConnection& connection) {
        connection.read_head();
        connection.send("HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
        connection.read_to_end();
    }});

    EXPECT_EQ(send(request_to(peer.url(), "POST", std::string(8'000'000, 'x')))->status, 413);
}

TEST_F(HttpClientTest, GivesUpAtTheDeadline) {
    for (const char* part :
         {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"}) {
        ScriptedPeer peer({[part](PeerConnection& connection) {
            connection.read_head();
            connection.send(part);
            connection.read_to_end();
        }});
        ClientRequest request = request_to(peer.url());
        request.timeout = milliseconds(30);
        EXPECT_EQ(send(std::move(request)).error(), errc::timed_out) << part;
    }
}

TEST_F(HttpClientTest, WaitsForAPlaceWithinTheDeadline) {
    create({.max_connections_per_host = 1});
    ScriptedPeer peer({[](PeerConnection& connection) {
        connection.read_head();
        connection.read_to_end();
    }});
    asio::cancellation_signal signal;
    asio::co_spawn(context_, client_->send(request_to(peer.url())),
                   asio::bind_cancellation_slot(signal.slot(), [](auto...) {}));
    ClientRequest request = request_to(peer.url());
    request.timeout = milliseconds(30);

    EXPECT_EQ(send(std::move(request)).error(), errc::timed_out);
    signal.emit(asio::cancellation_type::terminal);
    context_.restart();
    context_.run();
}

TEST_F(HttpClientTest, SharesThePlacesAmongManyRequests) {
    create({.max_connections_per_host = 2});
    ServerThread server(test_routes());
    const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/hello";
    int answered = 0;
    for (int i = 0; i < 50; ++i) {
        asio::co_spawn(context_, client_->send(request_to(url)),
                       [&](std::exception_ptr, const result<Response>& response) {
                           if (response && response->body == "hello") ++answered;
                       });
    }

    context_.run_for(seconds(20));

    EXPECT_EQ(answered, 50);
    EXPECT_LE(server.connections(), 2U);
}

TEST_F(HttpClientTest, CancellationClosesTheConnection) {
    std::binary_semaphore has_asked{0};
    std::binary_semaphore has_left{0};
    ScriptedPeer peer({[&](PeerConnection& connection) {
        connection.read_head();
        has_asked.release();
        connection.read_to_end();
        has_left.release();
    }});
    asio::cancellation_signal signal;
    std::optional<result<Response>> outcome;
    asio::co_spawn(context_, client_->send(request_to(peer.url())),
                   asio::bind_cancellation_slot(signal.slot(),
                                                [&](const std::exception_ptr&, result<Response> response) {
                                                    outcome = std::move(response);
                                                }));
    while (!has_asked.try_acquire()) context_.poll();

    signal.emit(asio::cancellation_type::terminal);
    context_.restart();
    context_.run();

    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->error(), asio::error::operation_aborted);
    has_left.acquire();
}

TEST_F(HttpClientTest, RefusesPlainHttpBeyondThisMachine) {
    for (const char* url : {"http://a.example/", "http://192.0.2.1/", "http://localhost.example/"}) {
        EXPECT_EQ(get(url).error(), errc::plain_not_allowed) << url;
    }
    EXPECT_EQ(run(context_, client_->connect({.url = "ws://a.example/"})).error(), errc::plain_not_allowed);
}

TEST_F(HttpClientTest, RefusesUrlsOfAnotherKind) {
    for (const char* url : {"", "ftp://a.example/", "wss://a.example/", "https://user:secret@a.example/"}) {
        EXPECT_EQ(get(url).error(), errc::bad_url) << url;
    }
    EXPECT_EQ(run(context_, client_->connect({.url = "https://a.example/", .headers = {}})).error(),
              errc::bad_url);
}

TEST_F(HttpClientTest, RefusesHeadersThatCouldForgeARequest) {
    ClientRequest request = request_to("http://127.0.0.1:9/");
    request.headers.set("X-Name", "a\r\n\r\nGET /other HTTP/1.1");

    EXPECT_EQ(send(std::move(request)).error(), errc::bad_request);
}

TEST_F(HttpClientTest, TellsThatNobodyListens) {
    std::uint16_t port = 0;
    {
        const ScriptedPeer peer({});
        port = peer.port();
    }

    EXPECT_EQ(get("http://127.0.0.1:" + std::to_string(port)).error(), asio::error::connection_refused);
}

TEST_F(HttpClientTest, TellsThatATlsPeerSpeaksSomethingElse) {
    ScriptedPeer peer({[](PeerConnection& connection) {
        connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.read_to_end();
    }});

    EXPECT_EQ(get("https://127.0.0.1:" + std::to_string(peer.port())).error(), errc::bad_response);
}

class HttpProxyTest : public HttpClientTest {
protected:
    /// A proxy that gives this answer to one request, whose head it keeps.
    ScriptedPeer::Script proxy(std::string text) {
        return [this, text = std::move(text)](PeerConnection& connection) {
            head_ = connection.read_head();
            connection.send(text);
        };
    }

    static ClientOptions options(const ScriptedPeer& peer) {
        ClientOptions options;
        options.proxy = "http://user:p%40ss@127.0.0.1:" + std::to_string(peer.port());
        options.allow_plain = {"plain.example"};
        options.no_proxy = {"direct.invalid"};
        return options;
    }

    std::string head_;
};

TEST_F(HttpProxyTest, ForwardsPlainRequestsWithTheWholeUrl) {
    {
        ScriptedPeer peer({proxy(std::string(kHello))});
        create(options(peer));
        EXPECT_EQ(get("http://plain.example/path?q")->body, "hello");
    }
    EXPECT_THAT(head_, StartsWith("GET http://plain.example/path?q HTTP/1.1\r\nHost: plain.example\r\n"));
    // printf 'user:p@ss' | base64
    EXPECT_THAT(head_, HasSubstr("\r\nProxy-Authorization: Basic dXNlcjpwQHNz\r\n"));
}

TEST_F(HttpProxyTest, AsksForATunnelToTlsHosts) {
    {
        ScriptedPeer peer({proxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")});
        create(options(peer));
        EXPECT_EQ(get("https://secure.example/path").error(), errc::proxy_refused);
    }
    EXPECT_EQ(head_,
              "CONNECT secure.example:443 HTTP/1.1\r\nHost: secure.example:443\r\n"
              "Proxy-Authorization: Basic dXNlcjpwQHNz\r\n\r\n");
}

TEST_F(HttpProxyTest, AsksForATunnelToWebSockets) {
    {
        ScriptedPeer peer({proxy("HTTP/1.1 403 Forbidden\r\n\r\n")});
        create(options(peer));
        EXPECT_EQ(run(context_, client_->connect({.url = "ws://plain.example/", .headers = {}})).error(),
                  errc::proxy_refused);
    }
    EXPECT_THAT(head_, StartsWith("CONNECT plain.example:80 HTTP/1.1\r\n"));
}

TEST_F(HttpProxyTest, TrustsNoTunnelThatIsNone) {
    for (const char* text :
         {"", "nonsense\r\n\r\n", "HTTP/1.1 302 Found\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nbytes before ours"}) {
        ScriptedPeer peer({proxy(text)});
        create(options(peer));
        EXPECT_EQ(get("https://secure.example/").error(), errc::proxy_refused) << text;
    }
    const std::string long_header = "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n";
    ScriptedPeer peer({proxy(long_header)});
    create(options(peer));
    EXPECT_EQ(get("https://secure.example/").error(), errc::proxy_refused);
}

TEST_F(HttpProxyTest, GivesUpOnASilentProxyAtTheDeadline) {
    ScriptedPeer peer({[](PeerConnection& connection) { connection.read_to_end(); }});
    create(options(peer));
    ClientRequest request = request_to("https://secure.example/");
    request.timeout = milliseconds(30);

    EXPECT_EQ(send(std::move(request)).error(), errc::timed_out);
}

TEST_F(HttpProxyTest, NeverAsksTheProxyForLoopback) {
    ScriptedPeer target({answer(std::string(kHello))});
    ScriptedPeer unused({proxy("HTTP/1.1 500 Wrong\r\nContent-Length: 0\r\n\r\n")});
    create(options(unused));

    EXPECT_EQ(get(target.url())->body, "hello");
}

TEST(CreateHttpClient, FailsForABadProxyOrCaFile) {
    asio::io_context context;
    const std::string empty_file = testing::TempDir() + "/empty.pem";
    std::ofstream(empty_file).close();

    EXPECT_EQ(create_http_client(context.get_executor(), {.proxy = "socks5://a"}).error(), errc::bad_url);
    EXPECT_TRUE(create_http_client(context.get_executor(), {.ca_file = "/nowhere/ca.pem"}).has_error());
    EXPECT_TRUE(create_http_client(context.get_executor(), {.ca_file = empty_file}).has_error());
}

TEST(HttpClientLifetime, ContextMayGoWhileARequestIsUnderWay) {
    std::binary_semaphore has_asked{0};
    ScriptedPeer peer({[&](PeerConnection& connection) {
        connection.read_head();
        has_asked.release();
        connection.read_to_end();
    }});
    std::optional<asio::io_context> context(std::in_place, 1);
    auto client = create_http_client(context->get_executor(), {}).value();
    ClientRequest request;
    request.url = peer.url();
    asio::co_spawn(*context, client->send(request), [](auto...) {});
    while (!has_asked.try_acquire()) context->poll();

    client.reset();
    context.reset();

    SUCCEED();  // the sanitizers watch
}

}  // namespace
}  // namespace nunchi::net
