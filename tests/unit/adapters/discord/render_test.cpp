#include "adapters/discord/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace nunchi::discord {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

chat::Reply reply() {
    chat::Reply made;
    made.to = {{"discord", "1", "10", ""}, "1234567890123456789"};
    made.text = "입력하신 내용에서 행복이 느껴집니다.";
    made.reading.scores = {{"happiness", "행복", 0.914F}, {"neutral", "중립", 0.04F},
                           {"surprise", "놀람", 0.02F},   {"sadness", "슬픔", 0.01F},
                           {"anger", "분노", 0.006F},     {"fear", "공포", 0.005F},
                           {"disgust", "혐오", 0.005F}};
    return made;
}

const json kNobody = {{"parse", json::array()}, {"replied_user", false}};

TEST(ReplyBody, SaysTheEmotionWithEmojiAndProbabilities) {
    const auto body = reply_body(reply(), EmojiSet());
    EXPECT_EQ(body["content"],
              "😊 입력하신 내용에서 행복이 느껴집니다.\n-# 행복 91% · 중립 4% · 놀람 2% · AI의 추정입니다");
}

TEST(ReplyBody, IsMadeOnceAndPingsNobody) {
    const auto body = reply_body(reply(), EmojiSet());
    EXPECT_EQ(body["nonce"], "e1234567890123456789");
    EXPECT_LE(body["nonce"].get<std::string>().size(), 25U);
    EXPECT_EQ(body["enforce_nonce"], true);
    EXPECT_EQ(body["allowed_mentions"], kNobody);
    EXPECT_EQ(body["message_reference"],
              (json{{"message_id", "1234567890123456789"}, {"fail_if_not_exists", false}}));
}

TEST(ReplyBody, HasTheWhyButtonOnlyWhereAnEmotionIsNamed) {
    const auto body = reply_body(reply(), EmojiSet());
    const auto& button = body["components"][0]["components"][0];
    EXPECT_EQ(button["custom_id"], "why:1234567890123456789");
    EXPECT_EQ(button["label"], "왜?");
    EXPECT_EQ(button["style"], 2);

    auto unsure = reply();
    unsure.reading.abstained = true;
    const auto second = reply_body(unsure, EmojiSet());
    EXPECT_EQ(second["components"], json::array());
    EXPECT_THAT(second["content"].get<std::string>(), StartsWith("🤔 "));
}

TEST(ReplyBody, SpeaksTheReadersLanguage) {
    auto english = reply();
    for (auto& score : english.reading.scores) score.name = score.id;
    const auto body = reply_body(english, EmojiSet());
    EXPECT_THAT(body["content"].get<std::string>(), HasSubstr("happiness 91% · neutral 4%"));
    EXPECT_EQ(body["components"][0]["components"][0]["label"], "Why?");
}

TEST(EditedBody, NeitherRefersNorHasANonce) {
    const auto body = edited_body(reply(), EmojiSet());
    EXPECT_FALSE(body.contains("nonce"));
    EXPECT_FALSE(body.contains("message_reference"));
    EXPECT_EQ(body["allowed_mentions"], kNobody);
}

TEST(Bodies, NeverHoldMoreThanDiscordTakesAndAreCutBetweenCharacters) {
    for (const std::size_t length : {665U, 666U, 667U, 5000U}) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += "가";
        const auto body = explanation_body({{}, "행복", {}, text});
        const auto content = body["content"].get<std::string>();
        EXPECT_LE(content.size(), 2000U);
        EXPECT_NO_THROW(body.dump());  // of broken UTF-8 it makes an exception
        EXPECT_EQ(body["allowed_mentions"], kNobody);
    }
}

TEST(EmojiSet, TakesOtherEmoji) {
    const auto parsed = EmojiSet::parse("happiness=🥳, fear = nunchi_fear:123456");
    const auto* set = std::get_if<EmojiSet>(&parsed);
    ASSERT_NE(set, nullptr);
    EXPECT_EQ(set->reaction("happiness"), "🥳");
    EXPECT_EQ(set->reaction("fear"), "nunchi_fear:123456");
    EXPECT_EQ(set->in_text("fear"), "<:nunchi_fear:123456>");
    EXPECT_EQ(set->reaction("sadness"), "😢");
    EXPECT_EQ(set->reaction("joy"), "");
}

TEST(EmojiSet, SaysWhatIsWrong) {
    for (const char* text :
         {"joy=🥳", "happiness=", "happiness", "happiness=:)", "fear=a b:1", "fear=name:x"}) {
        const auto parsed = EmojiSet::parse(text);
        ASSERT_TRUE(std::holds_alternative<std::string>(parsed)) << text;
        EXPECT_THAT(std::get<std::string>(parsed), HasSubstr("expected emotion=emoji")) << text;
    }
}

}  // namespace
}  // namespace nunchi::discord
