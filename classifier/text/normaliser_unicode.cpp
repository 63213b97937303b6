#include "classifier/text/normaliser_unicode.hpp"

#include <utf8proc.h>

#include <vector>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text::chat {
namespace {

constexpr int kMaxMarks = 4;

// True for the characters that nearly all messages are made of, none of which NFC changes or combines.
bool is_surely_composed(char32_t c) {
    return c < 0x300 || is_syllable(c) || (c >= 0x3130 && c <= 0x318F) || (c >= 0x2002 && c <= 0x206F) ||
           (c >= 0x2600 && c <= 0x27BF) || (c >= 0xFF00 && c <= 0xFFEF) || c == 0xFE0F ||
           (c >= 0x1F000 && c <= 0x1FAFF);
}

bool is_mark(char32_t c) {
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

std::u32string with_few_marks(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    int marks = 0;
    for (const char32_t c : text) {
        marks = is_mark(c) ? marks + 1 : 0;
        if (marks <= kMaxMarks) out.push_back(c);
    }
    return out;
}

}  // namespace

std::u32string compose(std::u32string_view text) {
    if (run_end(text, 0, is_surely_composed) == text.size()) return std::u32string(text);

    const std::string bytes = encode_utf8(with_few_marks(text));
    const auto* source = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
    const auto length = static_cast<utf8proc_ssize_t>(bytes.size());
    constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);

    const utf8proc_ssize_t needed = utf8proc_decompose(source, length, nullptr, 0, kOptions);
    if (needed <= 0) return std::u32string(text);
    std::vector<utf8proc_int32_t> buffer(static_cast<std::size_t>(needed));
    utf8proc_decompose(source, length, buffer.data(), needed, kOptions);
    const utf8proc_ssize_t composed = utf8proc_normalize_utf32(buffer.data(), needed, kOptions);
    if (composed < 0) return std::u32string(text);
    return {buffer.begin(), buffer.begin() + composed};
}

}  // namespace nunchi::text::chat
