#include "adapters/discord/gateway/sharding.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;

TEST(GatewaySharding, FollowsTheFormula) {
    EXPECT_EQ(shard_of_guild("613425648685547541", 1), 0);
    // Python: (613425648685547541 >> 22) % 5, and % 16.
    EXPECT_EQ(shard_of_guild("613425648685547541", 5), 4);
    EXPECT_EQ(shard_of_guild("613425648685547541", 16), 8);
    for (const char* id : {"", "x", "12x", "-1", "99999999999999999999999"}) {
        EXPECT_EQ(shard_of_guild(id, 5), std::nullopt) << id;
    }
}

TEST(GatewaySharding, TellsGuildsOfOtherShards) {
    const json message{{"guild_id", "613425648685547541"}};
    EXPECT_FALSE(is_foreign("MESSAGE_CREATE", message, 4, 5));
    EXPECT_TRUE(is_foreign("MESSAGE_CREATE", message, 0, 5));
    EXPECT_FALSE(is_foreign("MESSAGE_CREATE", message, 0, 1));
    EXPECT_TRUE(is_foreign("MESSAGE_CREATE", {{"guild_id", 613425648685547541}}, 0, 5));
}

TEST(GatewaySharding, ReadsTheGuildsOwnId) {
    const json guild{{"id", "613425648685547541"}};
    EXPECT_TRUE(is_foreign("GUILD_CREATE", guild, 0, 5));
    EXPECT_FALSE(is_foreign("GUILD_CREATE", guild, 4, 5));
    EXPECT_FALSE(is_foreign("CHANNEL_CREATE", guild, 0, 5));
}

TEST(GatewaySharding, LeavesWhatIsOfNoGuildToTheShardItCameTo) {
    EXPECT_FALSE(is_foreign("MESSAGE_CREATE", {{"id", "1"}}, 3, 5));
    EXPECT_FALSE(is_foreign("MESSAGE_CREATE", {{"guild_id", nullptr}}, 3, 5));
    EXPECT_FALSE(is_foreign("MESSAGE_CREATE", json("x"), 3, 5));
}

}  // namespace
}  // namespace nunchi::discord::gateway
