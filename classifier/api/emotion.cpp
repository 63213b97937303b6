#include "classifier/api/emotion.hpp"

#include <algorithm>
#include <string>

namespace nunchi::api {
namespace {

struct Names {
    std::string_view korean;
    std::string_view subject;
    std::string_view english;
};

constexpr std::array<Names, kEmotionCount> kNames{{
    {"공포", "공포가", "fear"},
    {"놀람", "놀람이", "surprise"},
    {"분노", "분노가", "anger"},
    {"슬픔", "슬픔이", "sadness"},
    {"중립", "중립이", "neutral"},
    {"행복", "행복이", "happiness"},
    {"혐오", "혐오가", "disgust"},
}};

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

}  // namespace

std::string_view korean_name(Emotion emotion) {
    return kNames[index_of(emotion)].korean;
}

std::string_view english_name(Emotion emotion) {
    return kNames[index_of(emotion)].english;
}

std::string_view with_subject_particle(Emotion emotion) {
    return kNames[index_of(emotion)].subject;
}

std::optional<Emotion> emotion_named(std::string_view name) {
    const std::string lower = ascii_lower(name);
    for (const Emotion emotion : kEmotions) {
        if (name == korean_name(emotion) || lower == english_name(emotion)) return emotion;
    }
    return std::nullopt;
}

}  // namespace nunchi::api
