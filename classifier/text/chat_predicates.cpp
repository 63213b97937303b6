#include <utf8proc.h>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/normaliser.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

bool is_letter(char32_t c) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO: return true;
        default: return false;
    }
}

bool is_conjoining_initial(char32_t c) {
    return c >= 0x1100 && c <= 0x1112;
}
bool is_conjoining_vowel(char32_t c) {
    return c >= 0x1161 && c <= 0x1175;
}
bool is_conjoining_final(char32_t c) {
    return c >= 0x11A8 && c <= 0x11C2;
}

// Calls visit(code point, the one before it or 0) for each code point.
template <typename Visit>
void for_each_letter(std::string_view utf8, Visit visit) {
    char32_t previous = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Decoded decoded = decode_one(utf8, at);
        visit(decoded.code_point, previous);
        previous = decoded.code_point;
        at += decoded.length;
    }
}

}  // namespace

std::size_t hangul_syllables(std::string_view utf8) {
    std::size_t count = 0;
    for_each_letter(utf8, [&count](char32_t c, char32_t previous) {
        const bool completes = is_conjoining_vowel(c) && is_conjoining_initial(previous);
        if (chat::is_syllable(c) || completes) ++count;
    });
    return count;
}

std::size_t letters(std::string_view utf8) {
    std::size_t count = 0;
    for_each_letter(utf8, [&count](char32_t c, char32_t previous) {
        const bool continues = (is_conjoining_vowel(c) && is_conjoining_initial(previous)) ||
                               (is_conjoining_final(c) && is_letter(previous));
        if (is_letter(c) && !continues) ++count;
    });
    return count;
}

}  // namespace nunchi::text
