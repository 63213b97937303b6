// What kind of character this is, as far as the chat rules ask; and the arithmetic of Hangul syllables.
// Unicode 15, section 3.12: syllable = U+AC00 + (initial * 21 + vowel) * 28 + final.
#pragma once

#include <cstddef>
#include <string_view>

namespace nunchi::text::chat {

constexpr bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
constexpr bool is_ascii_letter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
constexpr bool is_ascii_word(char32_t c) {
    return is_digit(c) || is_ascii_letter(c);
}
constexpr char32_t ascii_lower(char32_t c) {
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}
constexpr bool is_space(char32_t c) {
    return c == U' ' || c == U'\n';
}

constexpr bool is_syllable(char32_t c) {
    return c >= 0xAC00 && c <= 0xD7A3;
}
constexpr bool is_consonant(char32_t c) {
    return c >= U'ㄱ' && c <= U'ㅎ';
}  // Compatibility jamo.
constexpr bool is_vowel(char32_t c) {
    return c >= U'ㅏ' && c <= U'ㅣ';
}
constexpr bool is_tear(char32_t c) {
    return c == U'ㅠ' || c == U'ㅜ';
}

inline constexpr std::u32string_view kInitials = U"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
inline constexpr std::u32string_view kFinals = U"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// The letters of a syllable, as compatibility jamo; `final` is 0 where there is none.
constexpr char32_t initial_of(char32_t syllable) {
    return kInitials[(syllable - 0xAC00) / 588];
}
constexpr char32_t vowel_of(char32_t syllable) {
    return U'ㅏ' + (syllable - 0xAC00) / 28 % 21;
}
constexpr char32_t final_of(char32_t syllable) {
    const char32_t final = (syllable - 0xAC00) % 28;
    return final == 0 ? 0 : kFinals[final - 1];
}
constexpr char32_t without_final(char32_t syllable) {
    return syllable - (syllable - 0xAC00) % 28;
}

/// The syllable of an initial and a vowel. Precondition: `initial` is one of kInitials.
constexpr char32_t syllable_of(char32_t initial, char32_t vowel) {
    const auto index = static_cast<char32_t>(kInitials.find(initial));
    return 0xAC00 + (index * 21 + (vowel - U'ㅏ')) * 28;
}

/// `text[at]`, or 0 outside of the text.
constexpr char32_t at_or_0(std::u32string_view text, std::size_t at) {
    return at < text.size() ? text[at] : 0;
}
constexpr char32_t before_or_0(std::u32string_view text, std::size_t at) {
    return at > 0 && at <= text.size() ? text[at - 1] : 0;
}

/// The end of the run of characters from `at` on for which `belongs` holds.
template <typename Belongs>
constexpr std::size_t run_end(std::u32string_view text, std::size_t at, Belongs belongs) {
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

}  // namespace nunchi::text::chat
