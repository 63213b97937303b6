#include "adapters/net/http_message.hpp"

#include <gtest/gtest.h>

namespace nunchi::net {
namespace {

Request with_query(std::string query) {
    Request request;
    request.query = std::move(query);
    return request;
}

Request with_cookies(std::string cookies) {
    Request request;
    request.headers.set("Cookie", std::move(cookies));
    return request;
}

TEST(Headers, CompareNamesWithoutRegardToCase) {
    Headers headers;
    headers.set("Content-Type", "text/plain");

    EXPECT_EQ(headers.get("content-TYPE"), "text/plain");
    EXPECT_TRUE(headers.contains("CONTENT-TYPE"));
    EXPECT_FALSE(headers.contains("Content-Typ"));
}

TEST(Headers, SetReplacesAndAddKeepsAll) {
    Headers headers;
    headers.add("Set-Cookie", "a=1");
    headers.add("set-cookie", "b=2");
    EXPECT_EQ(std::distance(headers.begin(), headers.end()), 2);

    headers.set("SET-COOKIE", "c=3");

    EXPECT_EQ(std::distance(headers.begin(), headers.end()), 1);
    EXPECT_EQ(headers.get("Set-Cookie"), "c=3");
}

TEST(Headers, GetGivesTheFirstOfSeveralAndNothingForNone) {
    Headers headers;
    for (const char* value : {"first", "second", "third"}) headers.add("X-Many", value);
    headers.add("X-After", "other");

    EXPECT_EQ(headers.get("x-many"), "first");
    EXPECT_EQ(headers.get("X-Man"), "");
}

TEST(SendableHeader, RefusesWhatCouldForgeAnotherHeader) {
    EXPECT_TRUE(is_sendable_header("X-Name", "a value,\twith 한글"));
    EXPECT_FALSE(is_sendable_header("X-Name", "a\r\nSet-Cookie: b"));
    EXPECT_FALSE(is_sendable_header("X-Name", "a\nb"));
    EXPECT_FALSE(is_sendable_header("X-Name", std::string("a\0b", 3)));
    EXPECT_FALSE(is_sendable_header("X Name", "a"));
    EXPECT_FALSE(is_sendable_header("X:Name", "a"));
    EXPECT_FALSE(is_sendable_header("", "a"));
}

TEST(QueryValue, DecodesEscapesAndPlus) {
    const Request request = with_query("text=%EC%95%88%EB%85%95+%2B&n=1&empty=&flag");

    EXPECT_EQ(request.query_value("text"), "안녕 +");
    EXPECT_EQ(request.query_value("n"), "1");
    EXPECT_EQ(request.query_value("empty"), "");
    EXPECT_EQ(request.query_value("flag"), "");
    EXPECT_EQ(request.query_value("other"), "");
}

TEST(QueryValue, TakesTheFirstOfTheNameAndDecodesNames) {
    EXPECT_EQ(with_query("a=1&a=2").query_value("a"), "1");
    EXPECT_EQ(with_query("%61%20b=1").query_value("a b"), "1");
    EXPECT_EQ(with_query("xa=1&a=2").query_value("a"), "2");
    EXPECT_EQ(with_query("&&=&a=b=c").query_value("a"), "b=c");
}

TEST(QueryValue, IsEmptyWhenItsEscapesAreBroken) {
    EXPECT_EQ(with_query("a=%").query_value("a"), "");
    EXPECT_EQ(with_query("a=%4").query_value("a"), "");
    EXPECT_EQ(with_query("a=%zz").query_value("a"), "");
    EXPECT_EQ(with_query("%a=x&b=y").query_value("b"), "y");
}

TEST(Cookie, FindsItsNameAmongOthers) {
    const Request request = with_cookies("theme=dark; session=abc123=;  last=\"q\"");

    EXPECT_EQ(request.cookie("theme"), "dark");
    EXPECT_EQ(request.cookie("session"), "abc123=");
    EXPECT_EQ(request.cookie("last"), "\"q\"");
    EXPECT_EQ(request.cookie("sess"), "");
    EXPECT_EQ(request.cookie("Session"), "");
}

TEST(Cookie, TakesTheFirstAlsoOverSeveralHeaders) {
    Request request = with_cookies("a=1; a=2");
    request.headers.add("cookie", "b=3");

    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("b"), "3");
}

TEST(Cookie, RefusesCharactersThatNoCookieMayHold) {
    EXPECT_EQ(with_cookies("a=b c").cookie("a"), "");
    EXPECT_EQ(with_cookies("a=b,c").cookie("a"), "");
    EXPECT_EQ(with_cookies("a=b\\c").cookie("a"), "");
    EXPECT_EQ(with_cookies("a=안녕").cookie("a"), "");
}

TEST(MakeResponse, SetsTheContentType) {
    const Response response = make_response(404, "text/plain", "none");

    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.headers.get("content-type"), "text/plain");
    EXPECT_EQ(response.body, "none");
}

}  // namespace
}  // namespace nunchi::net
