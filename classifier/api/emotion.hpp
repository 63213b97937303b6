// The seven emotions, in the label order of the original project.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nunchi::api {

/// The value is the label id of the original notebook. Models are mapped onto it by name, never by position.
enum class Emotion : std::uint8_t {
    fear,       // 공포
    surprise,   // 놀람
    anger,      // 분노
    sadness,    // 슬픔
    neutral,    // 중립
    happiness,  // 행복
    disgust,    // 혐오
};

inline constexpr std::size_t kEmotionCount = 7;

inline constexpr std::array<Emotion, kEmotionCount> kEmotions{
    Emotion::fear,    Emotion::surprise,  Emotion::anger,  Emotion::sadness,
    Emotion::neutral, Emotion::happiness, Emotion::disgust};

constexpr std::size_t index_of(Emotion emotion) {
    return static_cast<std::size_t>(emotion);
}

/// "공포", "놀람", …
std::string_view korean_name(Emotion emotion);

/// "fear", "surprise", …
std::string_view english_name(Emotion emotion);

/// The Korean name with its subject particle: "공포가", "놀람이", …
std::string_view with_subject_particle(Emotion emotion);

/// The emotion with this Korean or English name (English in any case); nothing when there is none.
std::optional<Emotion> emotion_named(std::string_view name);

}  // namespace nunchi::api
