#include "adapters/web/same_origin.hpp"

#include <gtest/gtest.h>

namespace nunchi::web {
namespace {

const std::vector<std::string> kLoopback{"localhost", "127.0.0.1", "[::1]"};

TEST(SameOrigin, AllowsTheNamesOfTheListWithAnyPort) {
    for (const char* host :
         {"localhost", "localhost:8080", "LocalHost:1", "127.0.0.1:8080", "[::1]", "[::1]:80"}) {
        EXPECT_TRUE(is_allowed_host(host, kLoopback)) << host;
    }
}

TEST(SameOrigin, RefusesNamesThatOnlyLookAlike) {
    for (const char* host :
         {"", ":8080", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080",
          "evil.example:localhost", "::1", "[::1", "localhost:80:80"}) {
        EXPECT_FALSE(is_allowed_host(host, kLoopback)) << host;
    }
}

TEST(SameOrigin, IsTheSameForHttpAndHttpsOfTheHost) {
    EXPECT_TRUE(is_same_origin("http://localhost:8080", "localhost:8080"));
    EXPECT_TRUE(is_same_origin("https://chat.example", "Chat.Example"));
}

TEST(SameOrigin, DiffersByPortNameAndScheme) {
    EXPECT_FALSE(is_same_origin("http://localhost:8081", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("http://localhost", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("http://evil.example", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("http://localhost:8080.evil.example", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("ftp://localhost:8080", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("null", "localhost:8080"));
    EXPECT_FALSE(is_same_origin("http://", ""));
}

TEST(SameOrigin, LetsProgramsInThatSendNoOrigin) {
    EXPECT_TRUE(is_same_origin("", "localhost:8080"));
}

}  // namespace
}  // namespace nunchi::web
