#include "adapters/discord/gateway/gateway_url.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

std::string plain_url(std::string_view base) {
    return connect_url(base, Compression::none).value();
}

TEST(GatewayUrl, GetsTheQueryWithOrWithoutSlashAndPath) {
    EXPECT_EQ(plain_url("wss://gateway.discord.gg"), "wss://gateway.discord.gg/?v=10&encoding=json");
    EXPECT_EQ(plain_url("wss://gateway.discord.gg/"), "wss://gateway.discord.gg/?v=10&encoding=json");
    EXPECT_EQ(plain_url("ws://127.0.0.1:3001/gateway"), "ws://127.0.0.1:3001/gateway?v=10&encoding=json");
    EXPECT_EQ(plain_url("ws://[::1]:3001/a/b/"), "ws://[::1]:3001/a/b/?v=10&encoding=json");
}

TEST(GatewayUrl, NamesTheCompression) {
    EXPECT_EQ(*connect_url("wss://g", Compression::zlib_stream),
              "wss://g/?v=10&encoding=json&compress=zlib-stream");
    EXPECT_EQ(*connect_url("wss://g/", Compression::zstd_stream),
              "wss://g/?v=10&encoding=json&compress=zstd-stream");
}

TEST(GatewayUrl, HasOnlyOurQuery) {
    EXPECT_EQ(plain_url("wss://g/?v=9&encoding=etf"), "wss://g/?v=10&encoding=json");
    EXPECT_EQ(plain_url("wss://g?v=9"), "wss://g/?v=10&encoding=json");
}

TEST(GatewayUrl, RefusesWhatIsNoWebSocketUrl) {
    for (const char* base :
         {"", "gateway.discord.gg", "https://g", "http://g", "wss://", "wss://user@g", "ftp://g"}) {
        EXPECT_EQ(connect_url(base, Compression::none).error(), errc::bad_url) << base;
    }
}

TEST(GatewayUrl, KnowsTheSameHost) {
    EXPECT_TRUE(is_same_host("wss://G.gg/x", "wss://g.gg:443"));
    EXPECT_FALSE(is_same_host("wss://g.gg", "wss://g.gg:444"));
    EXPECT_FALSE(is_same_host("wss://g.gg", "wss://h.gg"));
    EXPECT_FALSE(is_same_host("", ""));
}

}  // namespace
}  // namespace nunchi::discord::gateway
