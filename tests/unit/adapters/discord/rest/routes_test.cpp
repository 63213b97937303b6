#include "adapters/discord/rest/routes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace nunchi::discord::rest {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::system_clock;

void expect_route(const Route& route, const char* method, const char* path, const char* major) {
    EXPECT_EQ(route.method, method);
    EXPECT_EQ(route.path, path);
    EXPECT_EQ(route.major, major);
}

TEST(Routes, HaveTheAddressesOfTheDocumentation) {
    expect_route(gateway_bot(), "GET", "/gateway/bot", "");
    expect_route(current_user(), "GET", "/users/@me", "");
    expect_route(current_application(), "GET", "/applications/@me", "");
    expect_route(current_guilds(), "GET", "/users/@me/guilds?limit=200", "");
    expect_route(current_guilds("7"), "GET", "/users/@me/guilds?limit=200&after=7", "");
    expect_route(guild("1"), "GET", "/guilds/1", "1");
    expect_route(guild_channels("1"), "GET", "/guilds/1/channels", "1");
    expect_route(guild_roles("1"), "GET", "/guilds/1/roles", "1");
    expect_route(guild_member("1", "2"), "GET", "/guilds/1/members/2", "1");
    expect_route(channel("1"), "GET", "/channels/1", "1");
    expect_route(channel_messages("1", "2", 5), "GET", "/channels/1/messages?limit=5&after=2", "1");
    expect_route(channel_messages("1", "", 500), "GET", "/channels/1/messages?limit=100", "1");
    expect_route(message("GET", "1", "2"), "GET", "/channels/1/messages/2", "1");
    expect_route(create_message("1"), "POST", "/channels/1/messages", "1");
    expect_route(edit_message("1", "2"), "PATCH", "/channels/1/messages/2", "1");
    expect_route(delete_message("1", "2", {}), "DELETE", "/channels/1/messages/2", "1");
    expect_route(interaction_callback("1", "tok"), "POST", "/interactions/1/tok/callback", "1/tok");
    expect_route(original_response("PATCH", "1", "tok"), "PATCH", "/webhooks/1/tok/messages/@original",
                 "1/tok");
    expect_route(follow_up("1", "tok"), "POST", "/webhooks/1/tok", "1/tok");
    expect_route(global_commands("PUT", "1"), "PUT", "/applications/1/commands", "1");
}

TEST(Routes, HaveOnePatternForAllChannels) {
    EXPECT_EQ(edit_message("1", "2").pattern, "/channels/{channel}/messages/{message}");
    EXPECT_EQ(edit_message("1", "2").pattern, edit_message("3", "4").pattern);
    EXPECT_EQ(channel_messages("1", "2", 3).pattern, create_message("5").pattern);
}

TEST(Routes, RefuseWhatIsNoId) {
    for (const char* id : {"", "abc", "12a", "-1", "1/2", "1?x", "..", "123456789012345678901", "1 ", "１"}) {
        EXPECT_EQ(create_message(id).path, "") << id;
        EXPECT_EQ(message("GET", "1", id).path, "") << id;
        EXPECT_EQ(guild_member("1", id).path, "") << id;
        EXPECT_EQ(put_reaction("1", id, "x").path, "") << id;
        EXPECT_EQ(follow_up(id, "token").path, "") << id;
    }
    EXPECT_EQ(channel_messages("1", "2&limit=9", 5).path, "");
    EXPECT_EQ(follow_up("1", "").path, "");
    EXPECT_EQ(put_reaction("1", "2", "").path, "");
}

TEST(Routes, RefuseMethodsThatTheyAreNotFor) {
    EXPECT_EQ(message("DELETE", "1", "2").path, "");
    EXPECT_EQ(original_response("POST", "1", "token").path, "");
    EXPECT_EQ(global_commands("DELETE", "1").path, "");
}

TEST(Routes, KeepATokenInsideItsSegment) {
    EXPECT_EQ(follow_up("1", "a/../b?c#d%e").path, "/webhooks/1/a%2F..%2Fb%3Fc%23d%25e");
    EXPECT_EQ(follow_up("1", "aW50_-.~").path, "/webhooks/1/aW50_-.~");
    EXPECT_EQ(follow_up("1", "..").path, "");
}

// Expected values: Python's urllib.parse.quote(emoji, safe="").
TEST(Routes, EncodeEveryEmojiAsPercentUtf8) {
    const std::array<std::pair<const char*, const char*>, 8> emojis{{
        {"😀", "%F0%9F%98%80"},
        {"😨", "%F0%9F%98%A8"},
        {"😲", "%F0%9F%98%B2"},
        {"😡", "%F0%9F%98%A1"},
        {"😢", "%F0%9F%98%A2"},
        {"😐", "%F0%9F%98%90"},
        {"🤢", "%F0%9F%A4%A2"},
        {"❤️", "%E2%9D%A4%EF%B8%8F"},
    }};
    for (const auto& [emoji, encoded] : emojis) {
        const std::string path = "/channels/1/messages/2/reactions/" + std::string(encoded) + "/@me";
        expect_route(put_reaction("1", "2", emoji), "PUT", path.c_str(), "1");
        expect_route(delete_own_reaction("1", "2", emoji), "DELETE", path.c_str(), "1");
    }
    EXPECT_EQ(put_reaction("1", "2", "happy:99").path, "/channels/1/messages/2/reactions/happy:99/@me");
}

TEST(Routes, KnowReactions) {
    EXPECT_TRUE(is_reaction(put_reaction("1", "2", "x")));
    EXPECT_TRUE(is_reaction(delete_own_reaction("1", "2", "x")));
    EXPECT_FALSE(is_reaction(edit_message("1", "2")));
}

TEST(Routes, LimitTheDeletionOfOldMessagesApart) {
    // 175928847299117063 was made at 2016-04-30 11:18:25.796 UTC (Discord docs: reference, "Snowflakes").
    const system_clock::time_point made(milliseconds(1'462'015'105'796));
    const char* id = "175928847299117063";

    EXPECT_EQ(delete_message("1", id, made + days(14)).pattern, edit_message("1", id).pattern);
    EXPECT_NE(delete_message("1", id, made + days(14) + milliseconds(1)).pattern,
              edit_message("1", id).pattern);
    EXPECT_EQ(delete_message("1", id, made + days(15)).path, edit_message("1", id).path);
}

}  // namespace
}  // namespace nunchi::discord::rest
