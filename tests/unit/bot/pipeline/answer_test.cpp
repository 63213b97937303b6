#include "bot/pipeline/answer.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "bot/pipeline/reading.hpp"
#include "tests/unit/bot/pipeline/scripted_classifier.hpp"

namespace nunchi::pipeline {
namespace {

using namespace std::chrono_literals;

store::Effect effect(store::EffectKind kind) {
    store::Effect made;
    made.to = {{"test", "", "general", ""}, "m1"};
    made.kind = kind;
    made.probabilities = {0.0F, 0.1F, 0.1F, 0.0F, 0.2F, 0.6F, 0.0F};
    made.model_id = "starter-1";
    return made;
}

TEST(Answer, ReplyCarriesWordsAndTheWholeReading) {
    const auto reply = std::get<chat::Reply>(answer_of(effect(store::EffectKind::reply), 1500us));

    EXPECT_EQ(reply.to.message, "m1");
    EXPECT_EQ(reply.text, "입력하신 내용에서 행복이 느껴집니다.");
    ASSERT_EQ(reply.reading.scores.size(), 7U);
    EXPECT_EQ(reply.reading.scores[0].id, "happiness");
    EXPECT_EQ(reply.reading.scores[0].name, "행복");
    EXPECT_EQ(reply.reading.scores[1].id, "neutral");
    EXPECT_EQ(reply.reading.scores[2].id, "surprise");  // before anger, which is as probable
    EXPECT_EQ(reply.reading.model_id, "starter-1");
    EXPECT_EQ(reply.reading.elapsed, 1500us);
    EXPECT_FALSE(reply.reading.abstained);
}

TEST(Answer, SpeaksTheReadersLanguage) {
    store::Effect english = effect(store::EffectKind::reply);
    english.locale = chat::Locale::english;

    const auto reply = std::get<chat::Reply>(answer_of(english, 0us));

    EXPECT_EQ(reply.text, "I sense happiness in your message.");
    EXPECT_EQ(reply.reading.scores[0].name, "happiness");
}

TEST(Answer, ReactionNamesTheEmotionByItsId) {
    const auto reaction = std::get<chat::Reaction>(answer_of(effect(store::EffectKind::reaction), 0us));

    EXPECT_EQ(reaction.emotion, "happiness");
    EXPECT_EQ(reaction.to.message, "m1");
}

TEST(Answer, AbstentionSaysSo) {
    store::Effect abstained = effect(store::EffectKind::reply);
    abstained.abstained = true;

    const auto reply = std::get<chat::Reply>(answer_of(abstained, 0us));

    EXPECT_TRUE(reply.text.starts_with("어떤 감정인지 잘 모르겠어요.")) << reply.text;
    EXPECT_TRUE(reply.reading.abstained);
}

TEST(Answer, NumbersThatAreNotFiniteCountAsNothing) {
    std::array<float, api::kEmotionCount> broken{};
    broken.fill(std::numeric_limits<float>::quiet_NaN());
    broken[2] = 0.4F;

    const auto reading = reading_of(broken, false, "m", chat::Locale::korean, 0us);

    EXPECT_EQ(reading.scores[0].id, "anger");
    for (std::size_t i = 1; i < 7; ++i) EXPECT_EQ(reading.scores[i].probability, 0.0F);
}

TEST(Answer, NoticesGoToThoseWhoExpectAnAnswer) {
    using Kind = chat::Notice::Kind;
    const auto kind_of = [](PassedOver reason) -> std::optional<Kind> {
        const auto notice = notice_for(reason, {{}, "m1"}, chat::Locale::korean);
        return notice ? std::optional(notice->kind) : std::nullopt;
    };
    EXPECT_EQ(kind_of(PassedOver::empty), Kind::not_korean);
    EXPECT_EQ(kind_of(PassedOver::no_hangul), Kind::not_korean);
    EXPECT_EQ(kind_of(PassedOver::burst), Kind::too_fast);
    EXPECT_EQ(kind_of(PassedOver::cooldown), Kind::too_fast);
    EXPECT_EQ(kind_of(PassedOver::overloaded), Kind::overloaded);
    EXPECT_EQ(kind_of(PassedOver::failed), Kind::failed);
    for (const PassedOver quiet : {PassedOver::own_message, PassedOver::bot, PassedOver::webhook,
                                   PassedOver::system_message, PassedOver::opted_out, PassedOver::duplicate,
                                   PassedOver::silent, PassedOver::not_asked, PassedOver::abstained}) {
        EXPECT_EQ(kind_of(quiet), std::nullopt) << name_of(quiet);
    }
}

TEST(Answer, RepeatsOnlyWhatTheAdapterShowsOnce) {
    chat::Capabilities replies;
    replies.repeats_replies = true;
    chat::Capabilities reactions;
    reactions.repeats_reactions = true;
    EXPECT_TRUE(is_repeatable(store::EffectKind::reply, replies));
    EXPECT_FALSE(is_repeatable(store::EffectKind::reaction, replies));
    EXPECT_FALSE(is_repeatable(store::EffectKind::reply, reactions));
    EXPECT_TRUE(is_repeatable(store::EffectKind::reaction, reactions));
}

}  // namespace
}  // namespace nunchi::pipeline
