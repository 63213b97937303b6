#include "adapters/discord/translate.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::discord {
namespace {

using nlohmann::json;

const std::string kSelf = "900";

json message(json change = json::object()) {
    json data = {{"id", "100"},
                 {"channel_id", "10"},
                 {"guild_id", "4194304"},  // 1 << 22
                 {"type", 0},
                 {"content", "오늘 정말 행복해"},
                 {"author", {{"id", "7"}, {"username", "minji"}}},
                 {"mentions", json::array()}};
    data.update(change);
    return data;
}

Translated translated(const json& data, Profile profile = Profile::automatic) {
    return message_of(data, kSelf, profile, 0, 1);
}

TEST(MessageOf, KeepsIdsTextAndAuthor) {
    const auto result = translated(message());

    ASSERT_TRUE(result.message);
    EXPECT_EQ(result.message->ref.place, (chat::Place{"discord", "4194304", "10", ""}));
    EXPECT_EQ(result.message->ref.message, "100");
    EXPECT_EQ(result.message->author.id, "7");
    EXPECT_EQ(result.message->text, "오늘 정말 행복해");
    EXPECT_EQ(result.message->kind, chat::MessageKind::ordinary);
    EXPECT_FALSE(result.message->is_addressed);
    EXPECT_FALSE(result.is_blank);
}

TEST(MessageOf, IsAddressedByMentionReplyAndDirectMessage) {
    EXPECT_TRUE(translated(message({{"mentions", {{{"id", "1"}}, {{"id", kSelf}}}}})).message->is_addressed);
    EXPECT_TRUE(translated(message({{"type", 19}, {"referenced_message", {{"author", {{"id", kSelf}}}}}}))
                    .message->is_addressed);
    EXPECT_FALSE(translated(message({{"type", 19}, {"referenced_message", {{"author", {{"id", "8"}}}}}}))
                     .message->is_addressed);
    EXPECT_FALSE(translated(message({{"type", 19}, {"referenced_message", nullptr}})).message->is_addressed);
    json direct = message();
    direct.erase("guild_id");
    EXPECT_TRUE(translated(direct).message->is_addressed);
}

TEST(MessageOf, ProfileMentionPassesOverWhatIsNotAddressedEvenWithText) {
    const auto result = translated(message(), Profile::mention);
    EXPECT_FALSE(result.message);
    EXPECT_EQ(result.unread, Unread::not_addressed);
    EXPECT_TRUE(translated(message({{"mentions", {{{"id", kSelf}}}}}), Profile::mention).message);
}

TEST(MessageOf, TellsBotsWebhooksOwnAndSystemMessagesApart) {
    EXPECT_TRUE(translated(message({{"author", {{"id", "7"}, {"bot", true}}}})).message->author.is_bot);
    EXPECT_TRUE(translated(message({{"author", {{"id", kSelf}}}})).message->author.is_self);
    EXPECT_EQ(translated(message({{"webhook_id", "55"}})).message->kind, chat::MessageKind::webhook);
    EXPECT_EQ(translated(message({{"type", 7}})).message->kind, chat::MessageKind::system);
    EXPECT_EQ(translated(message({{"type", 19}})).message->kind, chat::MessageKind::ordinary);
}

TEST(MessageOf, ReadsEachGuildOnOneShardAndDirectMessagesOnTheFirst) {
    const auto of_shard = [](const json& data, int shard) {
        return message_of(data, kSelf, Profile::automatic, shard, 4).message.has_value();
    };
    EXPECT_TRUE(of_shard(message(), 1));  // (1 << 22) >> 22 is 1
    EXPECT_FALSE(of_shard(message(), 0));
    json direct = message();
    direct.erase("guild_id");
    EXPECT_TRUE(of_shard(direct, 0));
    EXPECT_FALSE(of_shard(direct, 3));
}

TEST(MessageOf, IsBlankWhenAPersonsMessageComesWithoutAnything) {
    EXPECT_TRUE(translated(message({{"content", ""}})).is_blank);
    EXPECT_FALSE(translated(message({{"content", ""}, {"attachments", {{{"id", "1"}}}}})).is_blank);
    EXPECT_FALSE(translated(message({{"content", ""}, {"webhook_id", "5"}})).is_blank);
    EXPECT_TRUE(translated(message()).proves_intent);
    EXPECT_FALSE(translated(message({{"author", {{"id", kSelf}}}})).proves_intent);
    EXPECT_FALSE(translated(message({{"content", ""}, {"mentions", {{{"id", kSelf}}}}})).is_blank);
}

TEST(MessageOf, TakesWholeNumbersForIds) {
    const auto result = translated(message({{"id", 100}, {"author", {{"id", 7}}}}));
    ASSERT_TRUE(result.message);
    EXPECT_EQ(result.message->ref.message, "100");
}

TEST(MessageOf, SurvivesAnyContent) {
    for (const auto& data :
         {json(), json(5), json::array(), json::object(), message({{"author", nullptr}}),
          message({{"author", "x"}}), message({{"id", "../1"}}), message({{"channel_id", json::array()}})}) {
        EXPECT_FALSE(translated(data).message) << data;
    }
    EXPECT_TRUE(translated(message({{"mentions", "x"}, {"type", "x"}, {"content", 5}})).message);
}

}  // namespace
}  // namespace nunchi::discord
