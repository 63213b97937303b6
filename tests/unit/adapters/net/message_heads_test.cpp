#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/net/request_head.hpp"
#include "adapters/net/response_head.hpp"

namespace nunchi::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// date -u -d @1700000000
constexpr std::time_t kNow = 1'700'000'000;

std::string head_of(const Response& response, const Headers& defaults = {}, bool keep_alive = true) {
    return response_head(response, defaults, keep_alive, kNow);
}

TEST(ResponseHead, HoldsStatusHeadersLengthAndDate) {
    EXPECT_EQ(head_of(make_response(200, "text/plain", "hello")),
              "HTTP/1.1 200 OK\r\n"
              "Content-Type: text/plain\r\n"
              "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
              "Content-Length: 5\r\n"
              "Connection: keep-alive\r\n"
              "\r\n");
}

TEST(ResponseHead, AddsDefaultsThatTheResponseDoesNotSet) {
    Headers defaults;
    defaults.set("X-Frame-Options", "DENY");
    defaults.set("Cache-Control", "no-store");
    Response response = make_response(200, "text/plain", "");
    response.headers.set("cache-control", "max-age=60");

    const std::string head = head_of(response, defaults);

    EXPECT_THAT(head, HasSubstr("\r\nX-Frame-Options: DENY\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\ncache-control: max-age=60\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("no-store")));
}

TEST(ResponseHead, LeavesOutWhatCouldForgeAHeaderOrTheLength) {
    Response response = make_response(200, "text/plain", "hello");
    response.headers.set("X-Bad", "a\r\nSet-Cookie: evil");
    response.headers.set("X Bad", "b");
    response.headers.set("Content-Length", "9");
    response.headers.set("Transfer-Encoding", "chunked");
    response.headers.set("Connection", "upgrade");

    const std::string head = head_of(response, {}, false);

    EXPECT_THAT(head, Not(HasSubstr("evil")));
    EXPECT_THAT(head, Not(HasSubstr("Bad")));
    EXPECT_THAT(head, Not(HasSubstr("chunked")));
    EXPECT_THAT(head, EndsWith("Content-Length: 5\r\nConnection: close\r\n\r\n"));
}

TEST(ResponseHead, TellsNoLengthWhereThereIsNoBody) {
    EXPECT_THAT(head_of(Response{.status = 204, .headers = {}, .body = "ignored"}),
                Not(HasSubstr("Content-Length")));
    EXPECT_THAT(head_of(Response{.status = 304, .headers = {}, .body = {}}),
                Not(HasSubstr("Content-Length")));
    EXPECT_FALSE(status_has_body(204));
    EXPECT_TRUE(status_has_body(500));
}

ClientRequest request_to(std::string method, std::string body = {}) {
    ClientRequest request;
    request.method = std::move(method);
    request.body = std::move(body);
    return request;
}

TEST(RequestHead, HoldsLineHostAndHeaders) {
    ClientRequest request = request_to("GET");
    request.headers.set("X-Name", "value");

    EXPECT_EQ(request_head(request, *parse_url("https://a.example:8443/b?c"),
                           {.user_agent = "Nunchi", .names_whole_url = false, .proxy_authorization = {}}),
              "GET /b?c HTTP/1.1\r\n"
              "Host: a.example:8443\r\n"
              "X-Name: value\r\n"
              "User-Agent: Nunchi\r\n"
              "Accept: */*\r\n"
              "\r\n");
}

TEST(RequestHead, NamesTheWholeUrlForAProxy) {
    const std::string head =
        request_head(request_to("GET"), *parse_url("http://a.example:81/b"),
                     {.user_agent = {}, .names_whole_url = true, .proxy_authorization = "Basic eA=="});

    EXPECT_THAT(head, StartsWith("GET http://a.example:81/b HTTP/1.1\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nProxy-Authorization: Basic eA==\r\n"));
}

TEST(RequestHead, TellsTheLengthOfABodyAlsoWhenItIsEmpty) {
    const Url url = *parse_url("https://a.example/");

    EXPECT_THAT(request_head(request_to("POST", "12345"), url, {}), HasSubstr("\r\nContent-Length: 5\r\n"));
    EXPECT_THAT(request_head(request_to("POST"), url, {}), HasSubstr("\r\nContent-Length: 0\r\n"));
    EXPECT_THAT(request_head(request_to("GET"), url, {}), Not(HasSubstr("Content-Length")));
}

TEST(RequestHead, LeavesOutWhatIsTheClientsOwn) {
    ClientRequest request = request_to("POST", "x");
    for (const char* name :
         {"Host", "content-length", "Transfer-Encoding", "Connection", "Expect", "Proxy-Authorization"}) {
        request.headers.set(name, "forged");
    }
    request.headers.set("user-agent", "Mine");

    const std::string head =
        request_head(request, *parse_url("https://a.example/"),
                     {.user_agent = "Nunchi", .names_whole_url = false, .proxy_authorization = {}});

    EXPECT_THAT(head, Not(HasSubstr("forged")));
    EXPECT_THAT(head, HasSubstr("user-agent: Mine\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Nunchi")));
}

TEST(CheckSendable, RefusesMethodsAndHeadersThatBreakTheLine) {
    Headers forging;
    forging.set("X-Name", "a\r\nHost: evil");

    EXPECT_FALSE(check_sendable("PATCH", {}));
    EXPECT_EQ(check_sendable("GET / HTTP/1.1\r\n", {}), errc::bad_request);
    EXPECT_EQ(check_sendable("", {}), errc::bad_request);
    EXPECT_EQ(check_sendable("GET", forging), errc::bad_request);
}

}  // namespace
}  // namespace nunchi::net
