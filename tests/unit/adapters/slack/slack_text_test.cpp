// Emoji names, answers as Slack's JSON, commands' payloads, and who is an admin.
#include <gtest/gtest.h>

#include "adapters/slack/emoji.hpp"
#include "adapters/slack/invocation.hpp"
#include "adapters/slack/people.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/scopes.hpp"

namespace nunchi::slack {
namespace {

using nlohmann::json;

TEST(EmojiNames, TakesOtherNamesForSomeEmotions) {
    const auto parsed = EmojiNames::parse("happiness=:party_parrot:, fear = scream_cat");
    ASSERT_TRUE(std::holds_alternative<EmojiNames>(parsed));
    const auto& names = std::get<EmojiNames>(parsed);
    EXPECT_EQ(names.name("happiness"), "party_parrot");
    EXPECT_EQ(names.name("fear"), "scream_cat");
    EXPECT_EQ(names.name("disgust"), "nauseated_face");
    EXPECT_EQ(EmojiNames::standard_name("happiness"), "blush");
    EXPECT_EQ(names.name("boredom"), "");
}

TEST(EmojiNames, SaysWhatIsWrong) {
    for (const char* text : {"happiness", "boredom=cry", "fear=", "fear=a b", "fear=😱 😱", "fear=UPPER"}) {
        EXPECT_TRUE(std::holds_alternative<std::string>(EmojiNames::parse(text))) << text;
    }
}

TEST(Mrkdwn, EscapesAndTranslatesBold) {
    EXPECT_EQ(mrkdwn("<!channel> & **굵게** *하나*"), "&lt;!channel&gt; &amp; *굵게* *하나*");
}

TEST(AnswerBody, ShowsTheThreeMostProbableEmotions) {
    chat::Reading reading;
    reading.scores = {{"happiness", "행복", 0.914F},
                      {"neutral", "중립", 0.04F},
                      {"surprise", "놀람", 0.03F},
                      {"fear", "공포", 0.01F}};
    const auto body = answer_body("입력하신 내용에서 행복이 느껴집니다.", reading, EmojiNames());
    EXPECT_EQ(body["text"], ":blush: 입력하신 내용에서 행복이 느껴집니다.");
    EXPECT_EQ(body["blocks"][1]["elements"][0]["text"], "행복 91% · 중립 4% · 놀람 3% · AI의 추정입니다");
}

TEST(AnswerBody, IsCutBetweenTwoCharacters) {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "가";
    const std::string cut = answer_body(text, {}, EmojiNames())["text"];
    EXPECT_LE(cut.size(), 3000U);
    EXPECT_EQ((cut.size() - 3) % 3, 0U);
    EXPECT_TRUE(cut.ends_with("…"));
}

TEST(SlashCommand, NeedsItsFields) {
    const json whole{{"team_id", "T1"}, {"channel_id", "C1"},
                     {"user_id", "U1"}, {"command", "/nunchi"},
                     {"text", "help"},  {"response_url", "https://hooks.example/1"}};
    const auto invocation = slash_command_of(whole);
    ASSERT_TRUE(invocation);
    EXPECT_TRUE(invocation->is_english);
    EXPECT_EQ(invocation->typed, "help");
    EXPECT_EQ(invocation->place.community, "T1");
    for (const char* field : {"channel_id", "user_id", "response_url"}) {
        json part = whole;
        part.erase(field);
        EXPECT_FALSE(slash_command_of(part)) << field;
    }
    json direct = whole;
    direct["channel_id"] = "D1";
    EXPECT_EQ(slash_command_of(direct)->place.community, "");
}

TEST(Shortcut, CarriesTheMessage) {
    const json payload{{"type", "message_action"},
                       {"team", {{"id", "T1"}}},
                       {"channel", {{"id", "C1"}}},
                       {"user", {{"id", "U1"}}},
                       {"response_url", "https://hooks.example/1"},
                       {"message", {{"text", "슬퍼"}, {"user", "U2"}, {"ts", "1.1"}}}};
    const auto invocation = shortcut_of(payload);
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->text, "슬퍼");
    EXPECT_EQ(invocation->author, "U2");
    EXPECT_FALSE(shortcut_of({{"type", "block_actions"}}));
    EXPECT_FALSE(shortcut_of(json()));
}

TEST(PersonOf, AnAdminIsAnAdminOfThisWorkspaceAndNobodyElse) {
    const json admin{{"is_admin", true}, {"team_id", "T1"}, {"locale", "ko-KR"}};
    EXPECT_TRUE(person_of(admin, "T1").is_admin);
    EXPECT_FALSE(person_of(admin, "T2").is_admin);
    EXPECT_FALSE(person_of({{"team_id", "T1"}}, "T1").is_admin);
    EXPECT_FALSE(person_of(json(), "T1").is_admin);
    EXPECT_FALSE(person_of({{"is_admin", "true"}, {"team_id", "T1"}}, "T1").is_admin);
    for (const char* rank : {"is_owner", "is_primary_owner"}) {
        EXPECT_TRUE(person_of({{rank, true}, {"team_id", "T1"}}, "T1").is_admin) << rank;
    }
    for (const char* flag : {"deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"}) {
        json outsider = admin;
        outsider[flag] = true;
        EXPECT_FALSE(person_of(outsider, "T1").is_admin) << flag;
    }
}

TEST(PersonOf, SpeaksKoreanUnlessTheirSlackDoesNot) {
    EXPECT_EQ(person_of({{"locale", "en-US"}}, "T1").locale, chat::Locale::english);
    EXPECT_EQ(person_of({{"locale", "ko-KR"}}, "T1").locale, chat::Locale::korean);
    EXPECT_EQ(person_of(json::object(), "T1").locale, chat::Locale::korean);
}

TEST(MissingScopes, AreThoseOfTheManifestThatWereNotGranted) {
    EXPECT_TRUE(missing_scopes("").empty());
    EXPECT_EQ(missing_scopes("app_mentions:read, channels:history,groups:history,im:history,mpim:history,"
                             "channels:read,groups:read,chat:write,commands,users:read,extra:scope"),
              std::vector<std::string>{"reactions:write"});
}

TEST(HomeView, HasWhatSlackAsksFor) {
    const auto view = home_view("• 모드: **이모지 반응**", chat::Locale::korean);
    EXPECT_EQ(view["type"], "home");
    for (const auto& block : view["blocks"]) EXPECT_TRUE(block.contains("type"));
}

}  // namespace
}  // namespace nunchi::slack
