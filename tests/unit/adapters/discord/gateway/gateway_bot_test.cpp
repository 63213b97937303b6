#include "adapters/discord/gateway/gateway_bot.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

TEST(GatewayBot, ReadsDiscordsAnswer) {
    const auto answer = read_gateway_bot(json::parse(
        R"({"url":"wss://gateway.discord.gg/","shards":9,
            "session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":16}})"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->url, "wss://gateway.discord.gg/");
    EXPECT_EQ(answer->shards, 9);
    EXPECT_EQ(answer->start_limit.total, 1000U);
    EXPECT_EQ(answer->start_limit.remaining, 999U);
    EXPECT_EQ(answer->start_limit.reset_after, 4h);
    EXPECT_EQ(answer->start_limit.max_concurrency, 16);
}

TEST(GatewayBot, FillsInWhatIsMissingOrOdd) {
    const auto answer =
        read_gateway_bot({{"url", "wss://g"},
                          {"shards", -3},
                          {"session_start_limit", {{"max_concurrency", 0}, {"remaining", "x"}}}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->shards, 1);
    EXPECT_EQ(answer->start_limit.max_concurrency, 1);
    EXPECT_EQ(answer->start_limit.remaining, 1000U);
    EXPECT_EQ(read_gateway_bot({{"url", "wss://g"}, {"shards", 4'000'000'000U}})->shards, 10'000);
}

TEST(GatewayBot, IsNothingWithoutAUrl) {
    for (const json& body :
         {json(), json("x"), json::array(), json::object(), json{{"url", 1}}, json{{"url", ""}}}) {
        EXPECT_FALSE(read_gateway_bot(body)) << body;
    }
}

}  // namespace
}  // namespace nunchi::discord::gateway
