#include "adapters/discord/rest/response_limits.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nunchi::discord::rest {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

net::Headers headers_of(std::initializer_list<std::pair<const char*, const char*>> fields) {
    net::Headers headers;
    for (const auto& [name, value] : fields) headers.set(name, value);
    return headers;
}

net::Headers window_of(const char* limit, const char* remaining, const char* reset_after) {
    return headers_of({{"X-RateLimit-Limit", limit},
                       {"X-RateLimit-Remaining", remaining},
                       {"X-RateLimit-Reset-After", reset_after},
                       {"X-RateLimit-Reset", "1470173023.123"}});
}

Block block_of(const net::Headers& headers, const json& body) {
    return parse_limits(429, headers, body).block.value();
}

TEST(ResponseLimits, ReadTheHeadersOfTheDocumentation) {
    const auto headers = headers_of({{"X-RateLimit-Limit", "5"},
                                     {"X-RateLimit-Remaining", "0"},
                                     {"X-RateLimit-Reset", "1470173023"},
                                     {"X-RateLimit-Reset-After", "1"},
                                     {"X-RateLimit-Bucket", "abcd1234"}});

    const auto limits = parse_limits(200, headers, nullptr);

    EXPECT_EQ(limits.bucket, "abcd1234");
    ASSERT_TRUE(limits.window);
    EXPECT_EQ(limits.window->limit, 5);
    EXPECT_EQ(limits.window->remaining, 0);
    EXPECT_EQ(limits.window->reset_after, seconds(1));
    EXPECT_FALSE(limits.block);
}

TEST(ResponseLimits, KeepTheDecimals) {
    EXPECT_EQ(parse_limits(200, window_of("1", "0", "0.25"), nullptr).window->reset_after, milliseconds(250));
    EXPECT_EQ(parse_limits(200, window_of("1", "0", "64.57"), nullptr).window->reset_after,
              milliseconds(64'570));
    EXPECT_EQ(block_of({}, {{"retry_after", 64.57}}).retry_after, milliseconds(64'570));
}

TEST(ResponseLimits, DoNotLookAtTheResetTime) {
    for (const char* reset : {"0", "99999999999", "1470173023000", "nonsense"}) {
        auto headers = window_of("5", "4", "2");
        headers.set("X-RateLimit-Reset", reset);
        EXPECT_EQ(parse_limits(200, headers, nullptr).window->reset_after, seconds(2)) << reset;
    }
}

TEST(ResponseLimits, CountHalfAWindowAsNone) {
    for (const char* name : {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset-After"}) {
        auto headers = window_of("5", "4", "2");
        headers.erase(name);
        EXPECT_FALSE(parse_limits(200, headers, nullptr).window) << name;
    }
    EXPECT_FALSE(parse_limits(200, {}, nullptr).window);
    EXPECT_EQ(parse_limits(200, {}, nullptr).bucket, "");
}

TEST(ResponseLimits, CountWhatIsNoNumberAsNotTold) {
    for (const char* text : {"", "abc", "-1", "nan", "inf", "1e999", "1s", "0x10", "1 2"}) {
        EXPECT_FALSE(parse_limits(200, window_of(text, "4", "2"), nullptr).window) << text;
        EXPECT_FALSE(parse_limits(200, window_of("5", text, "2"), nullptr).window) << text;
        EXPECT_FALSE(parse_limits(200, window_of("5", "4", text), nullptr).window) << text;
        EXPECT_FALSE(block_of(headers_of({{"Retry-After", text}}), nullptr).retry_after) << text;
    }
}

TEST(ResponseLimits, CutHostileValues) {
    const auto limits = parse_limits(200, window_of("0", "1e300", "1e300"), nullptr);
    EXPECT_EQ(limits.window->limit, 1);
    EXPECT_EQ(limits.window->remaining, 1);
    EXPECT_EQ(limits.window->reset_after, hours(1));
    EXPECT_EQ(parse_limits(200, window_of("1e300", "1e300", "0"), nullptr).window->limit, 1'000'000);
    EXPECT_EQ(block_of({}, {{"retry_after", 1e300}}).retry_after, hours(24));
    EXPECT_EQ(parse_limits(200, headers_of({{"X-RateLimit-Bucket", std::string(129, 'x').c_str()}}), nullptr)
                  .bucket,
              "");
}

TEST(ResponseLimits, KnowAUserLimit) {
    const json body = {{"message", "You are being rate limited."}, {"retry_after", 0.5}, {"global", false}};

    const Block block = block_of(headers_of({{"X-RateLimit-Scope", "user"}, {"Retry-After", "1"}}), body);

    EXPECT_EQ(block.scope, Scope::user);
    EXPECT_EQ(block.retry_after, milliseconds(500));
    EXPECT_EQ(block_of({}, body).scope, Scope::user);
}

TEST(ResponseLimits, KnowASharedLimit) {
    auto headers = window_of("10", "9", "1");
    headers.set("X-RateLimit-Scope", "shared");
    const json body = {
        {"message", "The resource is being rate limited."}, {"retry_after", 1337.57}, {"global", false}};

    const auto limits = parse_limits(429, headers, body);

    EXPECT_EQ(limits.block->scope, Scope::shared);
    EXPECT_EQ(limits.block->retry_after, milliseconds(1'337'570));
    EXPECT_EQ(limits.window->remaining, 9);
}

TEST(ResponseLimits, KnowAGlobalLimitByAnySign) {
    const json body = {{"retry_after", 2}, {"global", true}};
    EXPECT_EQ(block_of({}, body).scope, Scope::global);
    EXPECT_EQ(block_of(headers_of({{"X-RateLimit-Global", "true"}}), nullptr).scope, Scope::global);
    EXPECT_EQ(block_of(headers_of({{"X-RateLimit-Scope", "global"}}), nullptr).scope, Scope::global);
    EXPECT_EQ(block_of(headers_of({{"X-RateLimit-Scope", "shared"}}), body).scope, Scope::global);
    EXPECT_EQ(block_of(headers_of({{"X-RateLimit-Global", "false"}}), {{"global", "true"}}).scope,
              Scope::user);
}

TEST(ResponseLimits, TakeACodeInTheBodyAsNothingSpecial) {
    const Block block = block_of({}, {{"code", 20016}, {"retry_after", 3}, {"global", false}});
    EXPECT_EQ(block.scope, Scope::user);
    EXPECT_EQ(block.retry_after, seconds(3));
}

TEST(ResponseLimits, FallBackToTheHeader) {
    EXPECT_EQ(block_of(headers_of({{"Retry-After", "7"}}), nullptr).retry_after, seconds(7));
    EXPECT_EQ(block_of(headers_of({{"Retry-After", "7"}}), {{"retry_after", "soon"}}).retry_after,
              seconds(7));
    EXPECT_EQ(block_of(headers_of({{"Retry-After", "7"}}), {{"retry_after", -1}}).retry_after, seconds(7));
    EXPECT_EQ(block_of(headers_of({{"Retry-After", "7"}}), json::array({1})).retry_after, seconds(7));
    EXPECT_EQ(block_of(headers_of({{"X-RateLimit-Reset-After", "1.5"}}), nullptr).retry_after,
              milliseconds(1500));
    EXPECT_EQ(block_of(headers_of({{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}), nullptr).retry_after,
              std::nullopt);
    EXPECT_EQ(block_of({}, nullptr).retry_after, std::nullopt);
}

TEST(ResponseLimits, BlockOnlyAfterA429) {
    EXPECT_FALSE(
        parse_limits(503, headers_of({{"Retry-After", "7"}, {"X-RateLimit-Global", "true"}}), nullptr).block);
}

}  // namespace
}  // namespace nunchi::discord::rest
