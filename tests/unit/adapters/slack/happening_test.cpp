#include "adapters/slack/happening.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack {
namespace {

using nlohmann::json;

const Identity kSelf{.team = "T1", .user = "UBOT", .bot = "BBOT"};

json message(json more = json::object()) {
    json event{{"type", "message"}, {"channel", "C1"},          {"channel_type", "channel"},
               {"user", "U1"},      {"text", "오늘 정말 좋아"}, {"ts", "10.000100"}};
    event.update(more);
    return {{"type", "event_callback"}, {"team_id", "T1"}, {"event", std::move(event)}};
}

template <typename Expected>
bool is(const json& envelope) {
    return std::holds_alternative<Expected>(happening_of(envelope, kSelf));
}

chat::Message written(const json& envelope) {
    return std::get<MessageWritten>(happening_of(envelope, kSelf)).message;
}

TEST(Happening, AMessageKeepsItsTimestampAsItIs) {
    const auto seen = written(message({{"ts", "1595926230.009600"}}));
    EXPECT_EQ(seen.ref.message, "1595926230.009600");
    EXPECT_EQ(seen.ref.place, (chat::Place{"slack", "T1", "C1", ""}));
    EXPECT_EQ(seen.author.id, "U1");
    EXPECT_FALSE(seen.is_addressed);
}

TEST(Happening, WhatPeopleWriteIsReadAndNothingElse) {
    for (const char* subtype : {"thread_broadcast", "file_share", "me_message"}) {
        EXPECT_TRUE(is<MessageWritten>(message({{"subtype", subtype}}))) << subtype;
    }
    for (const char* subtype :
         {"bot_message", "message_replied", "channel_topic", "group_name", "pinned_item", "reminder_add",
          "tombstone", "assistant_app_thread", "document_mention", "unheard"}) {
        EXPECT_TRUE(is<NothingToDo>(message({{"subtype", subtype}}))) << subtype;
    }
    EXPECT_TRUE(is<NothingToDo>(message({{"hidden", true}})));
}

TEST(Happening, BotsAreToldApart) {
    EXPECT_TRUE(written(message({{"bot_id", "BBOT"}})).author.is_self);
    EXPECT_TRUE(written(message({{"user", "UBOT"}})).author.is_self);  // without bot_id (E5)
    const auto other = written(message({{"bot_id", "BOTHER"}})).author;
    EXPECT_TRUE(other.is_bot);
    EXPECT_FALSE(other.is_self);
}

TEST(Happening, KnowsWhatIsAddressedToTheBot) {
    EXPECT_TRUE(written(message({{"text", "<@UBOT> 어때"}})).is_addressed);
    EXPECT_TRUE(written(message({{"type", "app_mention"}})).is_addressed);
    EXPECT_TRUE(written(message({{"thread_ts", "9.1"}, {"parent_user_id", "UBOT"}})).is_addressed);
    EXPECT_FALSE(written(message({{"text", "<@U2> 어때"}})).is_addressed);
    const auto direct = written(message({{"channel_type", "im"}, {"channel", "D1"}}));
    EXPECT_TRUE(direct.is_addressed);
    EXPECT_EQ(direct.ref.place.community, "");
}

TEST(Happening, AReplyIsPlacedInItsThreadAndAParentIsNot) {
    EXPECT_EQ(written(message({{"thread_ts", "9.1"}})).ref.place.thread, "9.1");
    EXPECT_EQ(written(message({{"thread_ts", "10.000100"}})).ref.place.thread, "");
}

TEST(Happening, OnlyARealEditIsOne) {
    const auto edit = [](const char* before, const char* after, json more = json::object()) {
        json changed{{"user", "U1"}, {"ts", "10.000100"}, {"text", after}};
        changed.update(more);
        return message({{"subtype", "message_changed"},
                        {"message", std::move(changed)},
                        {"previous_message", {{"text", before}}},
                        {"ts", "11.0"}});
    };
    const auto real = happening_of(edit("좋아", "싫어"), kSelf);
    ASSERT_TRUE(std::holds_alternative<MessageRewritten>(real));
    EXPECT_EQ(std::get<MessageRewritten>(real).message.ref.message, "10.000100");
    EXPECT_TRUE(is<NothingToDo>(edit("좋아", "좋아")));  // a link has unfolded
    EXPECT_TRUE(is<NothingToDo>(edit("좋아", "싫어", {{"bot_id", "B2"}})));
    EXPECT_TRUE(is<NothingToDo>(edit("좋아", "싫어", {{"user", "UBOT"}})));
}

TEST(Happening, TellsWhatElseHappens) {
    const auto gone = happening_of(message({{"subtype", "message_deleted"}, {"deleted_ts", "10.1"}}), kSelf);
    EXPECT_EQ(std::get<MessageGone>(gone).message, "10.1");
    const auto invited =
        happening_of(message({{"subtype", "channel_join"}, {"user", "UBOT"}, {"inviter", "U7"}}), kSelf);
    EXPECT_EQ(std::get<BotInvited>(invited).inviter, "U7");
    EXPECT_TRUE(is<NothingToDo>(message({{"subtype", "channel_join"}, {"user", "U2"}})));
    EXPECT_TRUE(
        is<HomeOpened>(json{{"event", {{"type", "app_home_opened"}, {"user", "U1"}, {"tab", "home"}}}}));
    EXPECT_TRUE(is<NothingToDo>(json{{"event", {{"type", "app_home_opened"}, {"tab", "messages"}}}}));
    EXPECT_TRUE(is<Uninstalled>(json{{"event", {{"type", "app_uninstalled"}}}}));
    EXPECT_TRUE(is<EventsLimited>(json{{"type", "app_rate_limited"}, {"minute_rate_limited", 1}}));
}

TEST(Happening, SurvivesAnything) {
    for (const json& odd :
         {json(), json(5), json::array(), json{{"event", 1}}, json{{"event", {{"type", 5}}}},
          json{{"event", {{"type", "message"}}}}, message({{"ts", 5}}), message({{"user", nullptr}}),
          message({{"channel", json::array()}}), message({{"subtype", 1}, {"ts", ""}}),
          message({{"subtype", "message_changed"}, {"message", 7}})}) {
        EXPECT_TRUE(is<NothingToDo>(odd)) << odd;
    }
}

}  // namespace
}  // namespace nunchi::slack
