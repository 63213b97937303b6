#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "adapters/discord/interactions/interaction.hpp"
#include "tests/unit/adapters/discord/interactions/payloads.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;

TEST(ParseInteraction, ReadsACommandOfAServer) {
    json data = payloads::emotion("안녕하세요");
    data["id"] = "175928847299117063";
    const auto parsed = parse_interaction(data);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->id, "175928847299117063");
    EXPECT_EQ(parsed->token.reveal(), "the-token");
    EXPECT_EQ(parsed->application, "900");
    EXPECT_EQ(parsed->kind, Kind::command);
    EXPECT_EQ(parsed->place, (chat::Place{"discord", "100", "200", ""}));
    EXPECT_EQ(parsed->channel, "200");
    EXPECT_EQ(parsed->user, "300");
    EXPECT_EQ(parsed->permissions, Permissions{2048});
    EXPECT_EQ(parsed->app_permissions, Permissions{274877992000});
    EXPECT_EQ(parsed->locale, "ko");
    EXPECT_EQ(parsed->created,
              std::chrono::system_clock::time_point(std::chrono::milliseconds(1'462'015'105'796)));
    EXPECT_EQ(parsed->path, std::vector<std::string>{"emotion"});
    ASSERT_NE(parsed->option("text"), nullptr);
    EXPECT_EQ(*parsed->option("text"), "안녕하세요");
    EXPECT_EQ(parsed->option("other"), nullptr);
    EXPECT_FALSE(parsed->is_message_menu);
}

TEST(ParseInteraction, FollowsSubcommandsToTheirOptions) {
    const auto parsed =
        parse_interaction(payloads::settings("mode", {{{"type", 3}, {"name", "mode"}, {"value", "reply"}}}));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->path, (std::vector<std::string>{"settings", "mode"}));
    EXPECT_EQ(*parsed->option("mode"), "reply");
}

TEST(ParseInteraction, FollowsAGroupOfSubcommands) {
    const auto parsed = parse_interaction(
        payloads::command("a", {{{"type", 2}, {"name", "b"}, {"options", {{{"type", 1}, {"name", "c"}}}}}}));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->path, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(ParseInteraction, WritesNumbersAndBooleansOfOptionsAsText) {
    const auto parsed =
        parse_interaction(payloads::settings("threshold", {{{"name", "percent"}, {"value", 55}},
                                                           {{"name", "half"}, {"value", 0.5}},
                                                           {{"name", "yes"}, {"value", true}},
                                                           {{"name", "no"}, {"value", false}},
                                                           {{"name", "odd"}, {"value", {1}}}}));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed->option("percent"), "55");
    EXPECT_EQ(*parsed->option("half"), "0.5");
    EXPECT_EQ(*parsed->option("yes"), "true");
    EXPECT_EQ(*parsed->option("no"), "false");
    EXPECT_EQ(parsed->option("odd"), nullptr);
}

TEST(ParseInteraction, PutsAThreadIntoItsParentChannel) {
    for (const int type : {10, 11, 12}) {
        json data = payloads::command("help");
        data["channel"] = {{"id", "200"}, {"type", type}, {"parent_id", "150"}};
        const auto parsed = parse_interaction(data);
        ASSERT_TRUE(parsed);
        EXPECT_EQ(parsed->place, (chat::Place{"discord", "100", "150", "200"})) << type;
        EXPECT_EQ(parsed->channel, "200");
    }
}

TEST(ParseInteraction, TakesTheCategoryOfAChannelForNoParent) {
    json data = payloads::command("help");
    data["channel"]["parent_id"] = "150";
    EXPECT_EQ(parse_interaction(data)->place, (chat::Place{"discord", "100", "200", ""}));
}

TEST(ParseInteraction, ReadsTheUserOfADirectMessage) {
    json data = payloads::command("help");
    data.erase("guild_id");
    data.erase("member");
    data["user"] = {{"id", "301"}};
    const auto parsed = parse_interaction(data);
    EXPECT_EQ(parsed->user, "301");
    EXPECT_TRUE(parsed->place.community.empty());
    EXPECT_FALSE(parsed->permissions);
}

TEST(ParseInteraction, ReadsTheMessageOfAMenu) {
    const auto parsed = parse_interaction(
        payloads::message_menu({{"id", "400"}, {"content", "좋아요"}, {"author", {{"id", "301"}}}}));
    ASSERT_TRUE(parsed && parsed->target);
    EXPECT_TRUE(parsed->is_message_menu);
    EXPECT_EQ(parsed->target->author, "301");
    EXPECT_EQ(parsed->target->text, "좋아요");
    EXPECT_FALSE(parsed->target->is_by_bot);
}

TEST(ParseInteraction, KnowsBotsAndWebhooksByTheirMessages) {
    EXPECT_TRUE(parse_read_message({{"author", {{"id", "1"}, {"bot", true}}}}).is_by_bot);
    EXPECT_TRUE(parse_read_message({{"author", {{"id", "1"}}}, {"webhook_id", "1"}}).is_by_bot);
    EXPECT_FALSE(
        parse_read_message({{"author", {{"id", "1"}, {"bot", false}}}, {"webhook_id", nullptr}}).is_by_bot);
}

TEST(ParseInteraction, HasNoTargetWhereTheServerResolvesNothing) {
    json data = payloads::message_menu({{"content", "좋아요"}});
    data["data"].erase("resolved");
    EXPECT_FALSE(parse_interaction(data)->target);
    data["data"]["resolved"]["messages"]["401"] = {{"content", "남의 글"}};
    EXPECT_FALSE(parse_interaction(data)->target);
}

TEST(ParseInteraction, ReadsAButton) {
    const auto parsed = parse_interaction(payloads::button("why:400"));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->kind, Kind::component);
    EXPECT_EQ(parsed->custom_id, "why:400");
    EXPECT_EQ(parsed->replied_to, "400");
}

TEST(ParseInteraction, AcceptsIdsThatAreNumbers) {
    json data = payloads::message_menu({{"content", "좋아요"}, {"author", {{"id", 301}}}});
    data["id"] = 17;
    data["application_id"] = 900;
    data["guild_id"] = 100;
    data["channel_id"] = 200;
    data["member"] = {{"user", {{"id", 300}}}, {"permissions", 8}};
    data["data"]["target_id"] = 400;
    const auto parsed = parse_interaction(json::parse(data.dump()));
    ASSERT_TRUE(parsed && parsed->target);
    EXPECT_EQ(parsed->id, "17");
    EXPECT_EQ(parsed->place, (chat::Place{"discord", "100", "200", ""}));
    EXPECT_EQ(parsed->user, "300");
    EXPECT_EQ(parsed->permissions, Permissions{8});
    EXPECT_EQ(parsed->target->author, "301");
}

TEST(ParseInteraction, NeedsIdTokenAndTypeOnly) {
    EXPECT_TRUE(parse_interaction({{"id", "1"}, {"token", "t"}, {"type", 2}}));
    EXPECT_TRUE(parse_interaction({{"type", 1}}));
    EXPECT_FALSE(parse_interaction({{"token", "t"}, {"type", 2}}));
    EXPECT_FALSE(parse_interaction({{"id", "1"}, {"type", 2}}));
    EXPECT_FALSE(parse_interaction({{"id", "1"}, {"token", "t"}}));
    EXPECT_FALSE(parse_interaction({{"id", "../1"}, {"token", "t"}, {"type", 2}}));
    EXPECT_FALSE(parse_interaction({{"id", "1"}, {"token", std::string(3000, 't')}, {"type", 2}}));
}

TEST(ParseInteraction, OfAnUnknownTypeIsOfUnknownKind) {
    EXPECT_EQ(parse_interaction({{"id", "1"}, {"token", "t"}, {"type", 77}})->kind, Kind::unknown);
}

/// Each value in turn, at any depth, is another type or missing.
class Spoiler {
public:
    explicit Spoiler(json whole) : whole_(std::move(whole)) {}

    template <typename Use>
    int each(Use use) {
        int count = 0;
        const json flat = whole_.flatten();
        for (const auto& [pointer, value] : flat.items()) {
            std::string path = pointer;
            while (!path.empty()) {
                for (const json& other :
                     {json(nullptr), json(-7), json("x"), json(true), json::array({json()}),
                      json::object({{"id", json::array()}}), json(1.5)}) {
                    json spoiled = whole_;
                    spoiled[json::json_pointer(path)] = other;
                    use(spoiled);
                    ++count;
                }
                path.resize(path.rfind('/'));
            }
        }
        return count;
    }

private:
    json whole_;
};

TEST(ParseInteraction, SurvivesAnyValueInAnyPlace) {
    for (const json& whole :
         {payloads::settings("mode", {{{"type", 3}, {"name", "mode"}, {"value", "reply"}}}),
          payloads::message_menu(
              {{"id", "400"}, {"content", "좋아요"}, {"author", {{"id", "301"}, {"bot", false}}}}),
          payloads::button("why:400")}) {
        const int count = Spoiler(whole).each([](const json& spoiled) {
            const auto parsed = parse_interaction(spoiled);
            EXPECT_TRUE(!parsed || parsed->kind == Kind::ping || !parsed->id.empty());
        });
        EXPECT_GT(count, 100);
    }
    for (const json& odd : {json(), json(1), json("x"), json::array({1, 2}), json::object()}) {
        EXPECT_FALSE(parse_interaction(odd));
    }
}

}  // namespace
}  // namespace nunchi::discord::interactions
