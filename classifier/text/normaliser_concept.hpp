// The meanings that chat carries without words, and how the normaliser's passes write them between each
// other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nunchi::text {

/// In the order of concept_tokens().
enum class Concept : std::uint8_t {
    cry,      // ㅠㅠ, T_T, 😭
    laugh,    // 😂, lol
    heart,    // ♥, <3
    smile,    // ^^, :), 😊
    sad,      // :(, OTL, 😢's dry relatives
    angry,    // 😡, >:(
    fear,     // 😱
    shock,    // O_O, 😮
    disgust,  // 🤮
    tremble,  // ㄷㄷ, 🥶
    stare,    // ㅡㅡ, -_-
    tut,      // ㅉㅉ, 쯧쯧
    sweat,    // ;;, 😅
    emoji,    // Any other emoji, flag or object.
    url,      // A link.
    mention,  // A person or a group, also an e-mail address.
    channel,  // A channel.
    code,     // Code in back-ticks, or a bot's command.
};

inline constexpr std::size_t kConceptCount = 18;

// Between two passes a concept is one code point above Unicode's last, so that no user can write it.
inline constexpr char32_t kFirstStandIn = 0x110000;

constexpr char32_t stand_in(Concept meaning) {
    return kFirstStandIn + static_cast<char32_t>(meaning);
}
constexpr bool is_stand_in(char32_t c) {
    return c >= kFirstStandIn;
}

}  // namespace nunchi::text
