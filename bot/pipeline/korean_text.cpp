#include "bot/pipeline/korean_text.hpp"

#include <algorithm>
#include <cstddef>

#include "bot/pipeline/code_point.hpp"
#include "bot/pipeline/markup_length.hpp"

namespace nunchi::pipeline {
namespace {

constexpr std::size_t kMaxRead = 16 * 1024;  // bytes

// Compatibility jamo up to ㅣ (what follows is the filler and old letters), and their half-width forms.
bool is_chat_jamo(char32_t c) {
    return (c >= 0x3131 && c <= 0x3163) || (c >= 0xFFA1 && c <= 0xFFDC);
}

// What macOS makes of a syllable: an initial and a vowel as letters of their own.
bool is_decomposed_syllable(char32_t initial, char32_t vowel) {
    return initial >= 0x1100 && initial <= 0x1112 && vowel >= 0x1161 && vowel <= 0x1175;
}

}  // namespace

bool has_korean(std::string_view text) {
    MarkupLength markup(text);
    const std::size_t end = std::min(text.size(), kMaxRead);
    std::size_t jamo = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < end;) {
        if (const std::size_t length = markup.at(at, before); length > 0) {
            at += length;
            before = 0;
            continue;
        }
        const CodePoint c = code_point_at(text, at);
        jamo += is_chat_jamo(c.value) ? 1 : 0;
        if (is_syllable(c.value) || is_decomposed_syllable(before, c.value) || jamo == 2) return true;
        before = c.value;
        at += c.length;
    }
    return false;
}

}  // namespace nunchi::pipeline
