#include <utf8proc.h>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/emoji.hpp"
#include "classifier/text/normaliser_unicode.hpp"

namespace nunchi::text::chat {
namespace {

// Conjoining and half-width letters as compatibility jamo; other characters as they are.
char32_t compatibility_jamo(char32_t c) {
    if (c >= 0x1100 && c <= 0x1112) return kInitials[c - 0x1100];
    if (c >= 0x1161 && c <= 0x1175) return U'ㅏ' + (c - 0x1161);
    if (c >= 0x11A8 && c <= 0x11C2) return kFinals[c - 0x11A8];
    if (c >= 0xFFA1 && c <= 0xFFBE) return U'ㄱ' + (c - 0xFFA1);
    // The half-width vowels stand in groups of six with gaps of two.
    if (c >= 0xFFC2 && c <= 0xFFDC && (c - 0xFFC2) % 8 < 6) {
        return U'ㅏ' + (c - 0xFFC2) / 8 * 6 + (c - 0xFFC2) % 8;
    }
    return c;
}

// Under NFKC a cluster would join the syllable before it (아ㄳ becomes 앇), and no rule knows clusters.
std::u32string_view cluster_letters(char32_t c) {
    switch (c) {
        case U'ㄳ': return U"ㄱㅅ";
        case U'ㄵ': return U"ㄴㅈ";
        case U'ㄶ': return U"ㄴㅎ";
        case U'ㄺ': return U"ㄹㄱ";
        case U'ㄻ': return U"ㄹㅁ";
        case U'ㄼ': return U"ㄹㅂ";
        case U'ㄽ': return U"ㄹㅅ";
        case U'ㄾ': return U"ㄹㅌ";
        case U'ㄿ': return U"ㄹㅍ";
        case U'ㅀ': return U"ㄹㅎ";
        case U'ㅄ': return U"ㅂㅅ";
        default: return {};
    }
}

std::u32string_view plain_symbol(char32_t c) {
    switch (c) {
        case 0x2025: return U"..";
        case 0x2026: return U"...";  // …
        case 0x3001: return U",";    // 、
        case 0x3002: return U".";    // 。
        case 0x203C: return U"!!";
        case 0x2049: return U"!?";
        case 0x301C:               // 〜
        case 0x223C: return U"~";  // ∼
        case 0x2606: return U"★";  // The vocabulary has the black star only.
        default: return {};
    }
}

// Letters that are invisible: initial, vowel and compatibility fillers, and the Braille blank.
bool is_blank_letter(char32_t c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
}

bool is_invisible(char32_t c, utf8proc_category_t category) {
    return category == UTF8PROC_CATEGORY_CF || c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

// A shift key held too long: 떄 for 때, 꼐 for 께. No word has these syllables.
char32_t without_shift_slip(char32_t syllable) {
    const char32_t vowel = vowel_of(syllable);
    if (vowel != U'ㅒ' && vowel != U'ㅖ') return syllable;
    const bool is_doubled =
        std::u32string_view(U"ㄲㄸㅃㅆㅉ").find(initial_of(syllable)) != std::u32string_view::npos;
    return is_doubled ? syllable - 2 * 28 : syllable;
}

void fold_ascii(char32_t c, std::u32string& out) {
    if (c == U'\n' || c == U'\r') {
        out.push_back(U'\n');
    } else {
        out.push_back(c < 0x20 || c == 0x7F ? U' ' : c);
    }
}

void fold_other(char32_t c, std::u32string& out) {
    if (c >= 0xFF01 && c <= 0xFF5E) return out.push_back(c - 0xFEE0);
    if (is_blank_letter(c)) return out.push_back(U' ');
    c = compatibility_jamo(c);
    if (const auto letters = cluster_letters(c); !letters.empty()) return static_cast<void>(out += letters);
    if (const auto plain = plain_symbol(c); !plain.empty()) return static_cast<void>(out += plain);

    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    if (is_invisible(c, category)) return;
    const bool ends_line = category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
    if (ends_line) return out.push_back(U'\n');
    const bool is_blank = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC;
    out.push_back(is_blank ? U' ' : c);
}

}  // namespace

std::u32string fold(std::u32string_view composed) {
    std::u32string out;
    out.reserve(composed.size() + 8);
    for (std::size_t at = 0; at < composed.size();) {
        const char32_t c = composed[at];
        if (is_syllable(c)) {
            out.push_back(without_shift_slip(c));
            ++at;
        } else if (const EmojiCluster cluster = read_emoji(composed, at); cluster.length > 0) {
            out.push_back(stand_in(cluster.meaning));
            at += cluster.length;
        } else {
            c < 0x80 ? fold_ascii(c, out) : fold_other(c, out);
            ++at;
        }
    }
    return out;
}

}  // namespace nunchi::text::chat
