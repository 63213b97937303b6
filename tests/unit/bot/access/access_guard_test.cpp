#include "bot/access/access_guard.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace nunchi::access {
namespace {

using namespace std::chrono_literals;

const config::Secret kToken("0123456789abcdef");
const Clock::time_point kNow{1'800'000'000s};

using HeaderList = std::initializer_list<std::pair<std::string_view, std::string>>;

net::Request request(std::string path, HeaderList headers) {
    net::Request made;
    made.method = "GET";
    made.path = std::move(path);
    for (const auto& [name, value] : headers) made.headers.set(name, value);
    return made;
}

AccessGuard open_guard() {
    return AccessGuard({{}, {"nunchi.example.com"}, [] { return kNow; }});
}

AccessGuard guard_with_token() {
    return AccessGuard({kToken, {"nunchi.example.com"}, [] { return kNow; }});
}

/// 200 where the request passes.
int status(const AccessGuard& guard, const std::string& path, HeaderList headers) {
    const auto refusal = guard.refusal(request(path, headers));
    return refusal ? refusal->status : 200;
}

TEST(AccessGuard, KnowsLoopbackAndTheAllowedHosts) {
    for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]",
                             "nunchi.example.com", "Nunchi.Example.Com:443"}) {
        EXPECT_EQ(status(open_guard(), "/", {{"Host", host}}), 200) << host;
    }
    for (const char* host :
         {"evil.example", "", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "["}) {
        EXPECT_EQ(status(open_guard(), "/", {{"Host", host}}), 421) << host;
    }
}

TEST(AccessGuard, RefusesPagesOfOtherOrigins) {
    const auto from = [](std::string origin) {
        return status(open_guard(), "/predict", {{"Host", "localhost:8080"}, {"Origin", std::move(origin)}});
    };
    EXPECT_EQ(from("http://localhost:8080"), 200);
    EXPECT_EQ(from("http://localhost:9090"), 403);
    EXPECT_EQ(from("https://evil.example"), 403);
    EXPECT_EQ(from("null"), 403);
}

TEST(AccessGuard, TakesTheBearerTokenWhateverTheHost) {
    const auto with = [](std::string authorization) {
        return status(guard_with_token(), "/predict",
                      {{"Host", "10.0.0.5:8080"}, {"Authorization", std::move(authorization)}});
    };
    EXPECT_EQ(with("Bearer 0123456789abcdef"), 200);
    EXPECT_EQ(with("Bearer 0123456789abcdeX"), 401);
    EXPECT_EQ(with("Bearer "), 401);
    EXPECT_EQ(with("Basic 0123456789abcdef"), 401);
}

TEST(AccessGuard, AsksForEntryWithoutTokenOrSession) {
    EXPECT_EQ(status(guard_with_token(), "/", {{"Host", "localhost"}}), 401);
    EXPECT_EQ(status(guard_with_token(), "/metrics", {{"Host", "localhost"}}), 401);
    EXPECT_EQ(status(guard_with_token(), "/enter", {{"Host", "localhost"}}), 200);
    EXPECT_EQ(status(guard_with_token(), "/enter", {{"Host", "evil.example"}}), 421);
}

TEST(AccessGuard, LetsASessionInUntilItExpires) {
    const auto cookie = [](Clock::time_point expiry) {
        return std::string(kSessionCookie) + "=" + make_entry_key(kToken, Purpose::session, expiry);
    };
    EXPECT_EQ(status(guard_with_token(), "/", {{"Host", "localhost"}, {"Cookie", cookie(kNow + 1h)}}), 200);
    EXPECT_EQ(status(guard_with_token(), "/", {{"Host", "localhost"}, {"Cookie", cookie(kNow - 1s)}}), 401);
    EXPECT_EQ(status(guard_with_token(), "/", {{"Host", "evil.example"}, {"Cookie", cookie(kNow + 1h)}}),
              421);
}

TEST(AccessGuard, LeavesTheProbesOpen) {
    EXPECT_EQ(status(guard_with_token(), "/livez", {{"Host", "10.0.0.5"}}), 200);
    EXPECT_EQ(status(guard_with_token(), "/readyz", {}), 200);
}

TEST(IsLoopback, IsTrueForThisMachineOnly) {
    for (const char* address : {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
        EXPECT_TRUE(is_loopback(address));
    for (const char* address : {"0.0.0.0", "::", "10.0.0.1", "127.evil.example", "128.0.0.1"}) {
        EXPECT_FALSE(is_loopback(address)) << address;
    }
}

}  // namespace
}  // namespace nunchi::access
