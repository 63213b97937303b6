#include <algorithm>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/chat_markup.hpp"
#include "classifier/text/emoji.hpp"

namespace nunchi::text::chat {
namespace {

constexpr std::size_t kLongestName = 60;
constexpr std::u32string_view kSkinTone = U":skin-tone-";

bool is_shortcode_letter(char32_t c) {
    return is_ascii_word(c) || c == U'_' || c == U'-' || c == U'+' || c == U'\'';
}

// The length of `:skin-tone-2:` at `at`, or 0.
std::size_t skin_tone_length(std::u32string_view text, std::size_t at) {
    const std::size_t digit = at + kSkinTone.size();
    const bool is_tone = text.substr(std::min(at, text.size())).starts_with(kSkinTone) &&
                         is_digit(at_or_0(text, digit)) && at_or_0(text, digit + 1) == U':';
    return is_tone ? kSkinTone.size() + 2 : 0;
}

// Unknown names count when nobody would write them otherwise: lower case and two letters or more.
// So 12:30:45 stays, and so does a Korean word between colons, which is kept as the word it is.
bool looks_like_shortcode(std::u32string_view name) {
    const auto is_lower = [](char32_t c) { return is_ascii_letter(c) && c == ascii_lower(c); };
    const auto is_upper = [](char32_t c) { return c != ascii_lower(c); };
    return std::ranges::count_if(name, is_lower) >= 2 && std::ranges::none_of(name, is_upper);
}

}  // namespace

std::size_t read_shortcode(std::u32string_view text, std::size_t at, std::u32string& out) {
    if (is_ascii_word(before_or_0(text, at))) return 0;
    const std::u32string_view window = text.substr(at + 1, kLongestName + 1);
    const std::size_t length = run_end(window, 0, is_shortcode_letter);
    if (length == 0 || at_or_0(window, length) != U':') return 0;
    const std::u32string_view name = window.substr(0, length);
    const std::size_t end = at + length + 2;
    if (skin_tone_length(text, at) > 0) return end - at;

    const auto feeling = feeling_of_emoji_name(name);
    const bool stands_free = !is_ascii_word(at_or_0(text, end));
    const bool is_shortcode = looks_like_shortcode(name) || (feeling && length > 1);
    if (!stands_free || !is_shortcode) return 0;
    out.push_back(stand_in(feeling.value_or(Concept::emoji)));
    return end - at + skin_tone_length(text, end);
}

}  // namespace nunchi::text::chat
