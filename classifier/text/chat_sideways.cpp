#include "classifier/text/chat_emoticons.hpp"
#include "classifier/text/chat_letters.hpp"

namespace nunchi::text::chat {
namespace {

bool is_one_of(char32_t c, std::u32string_view set) {
    return c != 0 && set.find(c) != std::u32string_view::npos;
}

std::optional<Concept> meaning_of_mouth(char32_t eyes, char32_t mouth) {
    if (is_one_of(mouth, U")]}")) return Concept::smile;
    if (is_one_of(mouth, U"([{")) return Concept::sad;
    if (is_one_of(mouth, U"DPpd"))
        return eyes == U';' && mouth != U'D' ? std::nullopt : std::optional(Concept::smile);
    if (mouth == U'3' && eyes == U':') return Concept::smile;
    if (is_one_of(mouth, U"oO") && eyes == U':') return Concept::shock;
    if (mouth == U'*' && eyes == U':') return Concept::heart;
    return std::nullopt;
}

// `이유:(가격)` and `12:3` hold no faces: a letter for a mouth needs free neighbours, an opening bracket for
// a mouth must not open anything, and a digit before the eyes makes them a colon.
bool has_room(std::u32string_view text, std::size_t at, std::size_t mouth_at, std::size_t end) {
    const char32_t before = before_or_0(text, at);
    const char32_t after = at_or_0(text, end);
    if (is_digit(before)) return false;
    if (is_ascii_word(text[mouth_at])) return !is_ascii_word(before) && !is_ascii_word(after);
    if (is_one_of(text[mouth_at], U"([{")) return !is_ascii_word(after) && !is_syllable(after);
    return true;
}

Emoticon read_face_of(std::u32string_view text, std::size_t at) {
    const char32_t eyes = text[at];
    std::size_t mouth_at = at + 1;
    const bool has_tear = is_one_of(at_or_0(text, mouth_at), U"'");
    if (has_tear) ++mouth_at;
    if (is_one_of(at_or_0(text, mouth_at), U"-^") && !is_space(at_or_0(text, mouth_at + 1))) ++mouth_at;
    const char32_t mouth = at_or_0(text, mouth_at);
    const auto meaning = meaning_of_mouth(eyes, mouth);
    if (!meaning) return {};
    const std::size_t end = run_end(text, mouth_at, [mouth](char32_t c) { return c == mouth; });
    if (!has_room(text, at, mouth_at, end)) return {};
    return {end - at, has_tear ? Concept::cry : *meaning};
}

Emoticon read_heart(std::u32string_view text, std::size_t at) {
    const bool is_broken = at_or_0(text, at + 1) == U'/';
    const std::size_t three = at + (is_broken ? 2 : 1);
    const std::size_t end = run_end(text, three, [](char32_t c) { return c == U'3'; });
    const bool is_comparison = is_ascii_word(before_or_0(text, at)) || is_digit(at_or_0(text, end)) ||
                               at_or_0(text, end) == U'.' || is_syllable(at_or_0(text, end));
    if (end == three || is_comparison) return {};
    return {end - at, is_broken ? Concept::sad : Concept::heart};
}

}  // namespace

Emoticon read_sideways_face(std::u32string_view text, std::size_t at) {
    switch (text[at]) {
        case U':':
        case U';':
        case U'=': return read_face_of(text, at);
        case U'<': return read_heart(text, at);
        case U'>': {
            const char32_t eyes = at_or_0(text, at + 1);
            if (eyes != U':' && eyes != U'=') return {};
            const Emoticon face = read_face_of(text, at + 1);
            if (face.length == 0 || face.meaning != Concept::sad) return {};
            return {face.length + 1, Concept::angry};
        }
        default: return {};
    }
}

}  // namespace nunchi::text::chat
