#include "bot/pipeline/reply_text.hpp"

#include <algorithm>
#include <functional>

#include "bot/pipeline/code_point.hpp"
#include "bot/pipeline/reading.hpp"

namespace nunchi::pipeline {
namespace {

using chat::Locale;
using Kind = chat::Notice::Kind;

constexpr std::size_t kMaxNamedWords = 3;
constexpr std::size_t kMaxWordLetters = 20;
constexpr float kLeastNamedWeight = 0.01F;

std::string_view korean_notice(Kind kind) {
    switch (kind) {
        case Kind::overloaded: return "지금은 읽을 메시지가 너무 많아요. 잠시 뒤에 다시 보내 주세요.";
        case Kind::too_fast: return "조금만 천천히 보내 주세요. 잠시 뒤에 다시 읽어 볼게요.";
        case Kind::not_korean:
            return "읽을 수 있는 한국어가 없어요. 한국어로 말씀해 주시면 감정을 읽어 볼게요.";
        case Kind::failed: break;
    }
    return "감정을 읽는 중에 문제가 생겼어요. 잠시 뒤에 다시 보내 주세요.";
}

std::string_view english_notice(Kind kind) {
    switch (kind) {
        case Kind::overloaded:
            return "There are too many messages to read right now. Please try again in a moment.";
        case Kind::too_fast: return "That was a little too fast for me. Please try again in a moment.";
        case Kind::not_korean:
            return "I found no Korean to read. Write to me in Korean and I will tell you what I sense.";
        case Kind::failed: break;
    }
    return "Something went wrong while I was reading your message. Please try again in a moment.";
}

std::string quoted_words(const std::vector<chat::WordWeight>& words, std::string_view text) {
    std::vector<chat::WordWeight> named;
    std::ranges::copy_if(words, std::back_inserter(named),
                         [](const chat::WordWeight& word) { return word.weight >= kLeastNamedWeight; });
    std::ranges::stable_sort(named, std::greater<>(), &chat::WordWeight::weight);
    std::string list;
    for (std::size_t i = 0; i < std::min(named.size(), kMaxNamedWords); ++i) {
        const std::string_view word = text.substr(named[i].begin, named[i].end - named[i].begin);
        list += (i == 0 ? "“" : ", “") + shortened(word, kMaxWordLetters) + "”";
    }
    return list;
}

std::string_view friendly_korean(api::Emotion emotion) {
    switch (emotion) {
        case api::Emotion::fear: return "많이 무서우셨나 봐요.";
        case api::Emotion::surprise: return "깜짝 놀라셨나 봐요!";
        case api::Emotion::anger: return "많이 화가 나셨나 봐요.";
        case api::Emotion::sadness: return "마음이 슬프신가 봐요.";
        case api::Emotion::neutral: return "담담하게 말씀하신 것 같아요.";
        case api::Emotion::happiness: return "행복해 보이세요!";
        case api::Emotion::disgust: return "정말 싫으셨나 봐요.";
    }
    return {};
}

std::string_view friendly_english(api::Emotion emotion) {
    switch (emotion) {
        case api::Emotion::fear: return "That sounds frightening.";
        case api::Emotion::surprise: return "What a surprise!";
        case api::Emotion::anger: return "You sound angry.";
        case api::Emotion::sadness: return "You sound sad.";
        case api::Emotion::neutral: return "That sounds calm to me.";
        case api::Emotion::happiness: return "You sound happy!";
        case api::Emotion::disgust: return "You sound disgusted.";
    }
    return {};
}

}  // namespace

std::string answer_text(api::Emotion emotion, Locale locale, Tone tone) {
    if (tone == Tone::brief) return std::string(emotion_name(emotion, locale));
    if (tone == Tone::friendly) {
        return std::string(locale == Locale::korean ? friendly_korean(emotion) : friendly_english(emotion));
    }
    if (locale == Locale::korean) {
        return "입력하신 내용에서 " + std::string(api::with_subject_particle(emotion)) + " 느껴집니다.";
    }
    if (emotion == api::Emotion::neutral) return "I sense a neutral mood in your message.";
    return "I sense " + std::string(api::english_name(emotion)) + " in your message.";
}

std::string abstained_text(Locale locale) {
    return locale == Locale::korean
               ? "어떤 감정인지 잘 모르겠어요. 조금 더 자세히 말씀해 주시면 다시 읽어 볼게요."
               : "I am not sure which emotion this is. Tell me a little more and I will read it again.";
}

std::string opted_out_text(Locale locale) {
    return locale == Locale::korean ? "이 메시지를 쓴 사람은 읽지 말아 달라고 했습니다."
                                    : "The author of this message asked not to be read.";
}

std::string notice_text(Kind kind, Locale locale) {
    return std::string(locale == Locale::korean ? korean_notice(kind) : english_notice(kind));
}

std::string explanation_text(api::Emotion emotion, const std::vector<chat::WordWeight>& words,
                             std::string_view text, Locale locale) {
    const std::string list = quoted_words(words, text);
    const std::string name(emotion_name(emotion, locale));
    if (locale == Locale::korean) {
        if (list.empty()) return "어느 한 낱말이 아니라 문장 전체에서 ‘" + name + "’ 감정을 읽었습니다.";
        return "‘" + name + "’ 감정을 읽는 데 가장 크게 작용한 말은 " + list + "입니다.";
    }
    if (list.empty()) return "No single word stands out: I read “" + name + "” from the message as a whole.";
    return "What weighed most towards “" + name + "”: " + list + ".";
}

}  // namespace nunchi::pipeline
