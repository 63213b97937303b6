#include "bot/pipeline/reply_text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nunchi::pipeline {
namespace {

using api::Emotion;
using chat::Locale;
using Kind = chat::Notice::Kind;

TEST(ReplyText, SaysTheEmotionInTheOriginalsWords) {
    EXPECT_EQ(answer_text(Emotion::fear, Locale::korean), "입력하신 내용에서 공포가 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::surprise, Locale::korean), "입력하신 내용에서 놀람이 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::anger, Locale::korean), "입력하신 내용에서 분노가 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::sadness, Locale::korean), "입력하신 내용에서 슬픔이 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::neutral, Locale::korean), "입력하신 내용에서 중립이 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::happiness, Locale::korean), "입력하신 내용에서 행복이 느껴집니다.");
    EXPECT_EQ(answer_text(Emotion::disgust, Locale::korean), "입력하신 내용에서 혐오가 느껴집니다.");
}

TEST(ReplyText, SaysTheEmotionInEnglish) {
    EXPECT_EQ(answer_text(Emotion::fear, Locale::english), "I sense fear in your message.");
    EXPECT_EQ(answer_text(Emotion::sadness, Locale::english), "I sense sadness in your message.");
    // "neutral" is no noun.
    EXPECT_EQ(answer_text(Emotion::neutral, Locale::english), "I sense a neutral mood in your message.");
}

TEST(ReplyText, EveryNoticeHasItsOwnWordsInBothLanguages) {
    std::set<std::string> texts{abstained_text(Locale::korean), abstained_text(Locale::english)};
    for (const Kind kind : {Kind::overloaded, Kind::too_fast, Kind::not_korean, Kind::failed}) {
        for (const Locale locale : {Locale::korean, Locale::english}) {
            const std::string text = notice_text(kind, locale);
            EXPECT_TRUE(text.ends_with('.')) << text;
            EXPECT_TRUE(texts.insert(text).second) << text;
        }
    }
    EXPECT_EQ(texts.size(), 10U);
}

TEST(ReplyText, ExplanationNamesTheWeightiestWordsFirst) {
    const std::string text = "오늘 시험 붙어서 정말 행복해";
    const std::vector<chat::WordWeight> words{
        {0, 6, 0.02F}, {7, 13, -0.2F}, {14, 23, 0.1F}, {24, 30, 0.05F}, {31, 40, 0.4F}};

    EXPECT_EQ(explanation_text(Emotion::happiness, words, text, Locale::korean),
              "‘행복’ 감정을 읽는 데 가장 크게 작용한 말은 “행복해”, “붙어서”, “정말”입니다.");
    EXPECT_EQ(explanation_text(Emotion::happiness, words, text, Locale::english),
              "What weighed most towards “happiness”: “행복해”, “붙어서”, “정말”.");
}

TEST(ReplyText, ExplanationSaysWhenNoWordStandsOut) {
    const std::vector<chat::WordWeight> words{{0, 3, 0.009F}, {4, 7, -0.5F}};

    EXPECT_EQ(explanation_text(Emotion::anger, words, "가 나", Locale::korean),
              "어느 한 낱말이 아니라 문장 전체에서 ‘분노’ 감정을 읽었습니다.");
    EXPECT_EQ(explanation_text(Emotion::anger, {}, "", Locale::english),
              "No single word stands out: I read “anger” from the message as a whole.");
}

TEST(ReplyText, ExplanationIsWellFormedWhateverPeopleType) {
    const std::string text = "\xEA\xB0 " + std::string(100, 'a');
    const std::vector<chat::WordWeight> words{{0, 2, 0.5F}, {3, 103, 0.4F}};

    EXPECT_EQ(explanation_text(Emotion::fear, words, text, Locale::english),
              "What weighed most towards “fear”: “\uFFFD\uFFFD”, “" + std::string(20, 'a') + "…”.");
}

}  // namespace
}  // namespace nunchi::pipeline
