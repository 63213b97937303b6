#include "adapters/net/request_target.hpp"

#include <gtest/gtest.h>

namespace nunchi::net {
namespace {

std::string path_of(std::string_view target) {
    const auto parsed = parse_request_target(target);
    return parsed ? parsed->path : "(refused)";
}

TEST(RequestTarget, PartsPathAndQuery) {
    const auto parsed = parse_request_target("/predict?model=a%20b&x=1?2");

    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->path, "/predict");
    EXPECT_EQ(parsed->query, "model=a%20b&x=1?2");
    EXPECT_EQ(parse_request_target("/predict?")->query, "");
    EXPECT_EQ(parse_request_target("/predict")->query, "");
}

TEST(RequestTarget, DecodesThePath) {
    EXPECT_EQ(path_of("/%EA%B0%90%EC%A0%95"), "/감정");
    EXPECT_EQ(path_of("/a%20b"), "/a b");
    EXPECT_EQ(path_of("/%70redict"), "/predict");
    EXPECT_EQ(path_of("/a+b"), "/a+b");
}

TEST(RequestTarget, RefusesBrokenEscapes) {
    for (const char* target : {"/%", "/%4", "/%zz", "/%4z", "/a%"})
        EXPECT_EQ(path_of(target), "(refused)") << target;
}

TEST(RequestTarget, RefusesDotSegmentsHoweverTheyAreWritten) {
    for (const char* target : {"/..", "/.", "/a/../b", "/a/./b", "/%2e%2e/a", "/a/.%2E", "/../"}) {
        EXPECT_EQ(path_of(target), "(refused)") << target;
    }
    EXPECT_EQ(path_of("/...") + path_of("/.a") + path_of("/a..b/c."), "/.../.a/a..b/c.");
}

TEST(RequestTarget, RefusesEscapedSlashesBackslashesAndControlCharacters) {
    for (const char* target :
         {"/a%2Fb", "/a%2fb", "/a%5Cb", "/a\\b", "/a%00b", "/a%0Ab", "/a%7f", "/%1b[0m"}) {
        EXPECT_EQ(path_of(target), "(refused)") << target;
    }
}

TEST(RequestTarget, TakesTheAbsoluteForm) {
    EXPECT_EQ(path_of("http://example.com/hello"), "/hello");
    EXPECT_EQ(path_of("HTTP://example.com:8080/hello?q"), "/hello");
    for (const char* target :
         {"http://example.com", "http:///hello", "http://", "https://example.com/a", "http://a?b"}) {
        EXPECT_EQ(path_of(target), "(refused)") << target;
    }
}

TEST(RequestTarget, RefusesEverythingElse) {
    for (const char* target : {"", "*", "hello", "example.com:443", "?a=b", "/a#b"}) {
        EXPECT_EQ(path_of(target), "(refused)") << target;
    }
}

}  // namespace
}  // namespace nunchi::net
