#include "classifier/text/emoji.hpp"

#include <utf8proc.h>

#include "classifier/text/chat_letters.hpp"

namespace nunchi::text {
namespace {

using chat::at_or_0;

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;

bool is_pictograph(char32_t c) {
    if (c < 0xA9 || c > 0x1FAFF) return false;
    return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_skin_tone(char32_t c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_tag(char32_t c) {
    return c >= 0xE0020 && c <= 0xE007F;
}
bool is_keycap_base(char32_t c) {
    return chat::is_digit(c) || c == U'#' || c == U'*';
}

// Pictographs below the emoji planes are often plain text (©, ↔, ★): they count only when they were asked to
// look like an emoji, or in the block that chat uses for pictures alone.
bool is_shown_as_picture(char32_t c, char32_t next) {
    if (!is_pictograph(c)) return false;
    if (c >= 0x1F000 || next == kEmojiStyle) return true;
    const bool is_clock_or_button = (c >= 0x231A && c <= 0x231B) || (c >= 0x23E9 && c <= 0x23F3);
    const bool is_large_shape = c == 0x2B50 || c == 0x2B55 || c == 0x2B1B || c == 0x2B1C;
    return (c >= 0x2600 && c <= 0x27BF && c != U'★') || is_clock_or_button || is_large_shape;
}

std::size_t keycap_length(std::u32string_view text, std::size_t at) {
    if (!is_keycap_base(text[at])) return 0;
    if (at_or_0(text, at + 1) == kKeycap) return 2;
    return at_or_0(text, at + 1) == kEmojiStyle && at_or_0(text, at + 2) == kKeycap ? 3 : 0;
}

// 😮‍💨 is a sigh, though its first half is surprise.
Concept meaning_of_sequence(char32_t first, char32_t joined, Concept meaning) {
    if (first == 0x1F62E && joined == 0x1F4A8) return Concept::sad;
    return meaning == Concept::emoji ? feeling_of_emoji(joined).value_or(meaning) : meaning;
}

EmojiCluster read_sequence(std::u32string_view text, std::size_t at) {
    const char32_t first = text[at];
    Concept meaning = feeling_of_emoji(first).value_or(Concept::emoji);
    std::size_t end = at + 1;
    for (;; ++end) {
        const char32_t c = at_or_0(text, end);
        const char32_t next = at_or_0(text, end + 1);
        if (c == kJoiner && is_pictograph(next)) {
            meaning = meaning_of_sequence(first, next, meaning);
            ++end;
        } else if (c != kTextStyle && c != kEmojiStyle && c != kKeycap && !is_skin_tone(c) && !is_tag(c)) {
            return {end - at, meaning};
        }
    }
}

}  // namespace

EmojiCluster read_emoji(std::u32string_view text, std::size_t at) {
    const char32_t c = text[at];
    if (c < 0xA9) return {keycap_length(text, at), Concept::emoji};
    if (is_flag_letter(c)) return {is_flag_letter(at_or_0(text, at + 1)) ? 2U : 1U, Concept::emoji};
    if (is_skin_tone(c) || is_shown_as_picture(c, at_or_0(text, at + 1)) || feeling_of_emoji(c)) {
        return read_sequence(text, at);
    }
    return {0, Concept::emoji};
}

}  // namespace nunchi::text
