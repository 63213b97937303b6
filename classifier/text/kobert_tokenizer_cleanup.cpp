#include "classifier/text/kobert_tokenizer_cleanup.hpp"

#include <utf8proc.h>

#include <array>
#include <cstddef>

#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

bool is_python_space(char32_t c) {
    if (c < 0x80) return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_hangul_syllable(char32_t c) {
    return c >= 0xAC00 && c <= 0xD7A3;
}

bool is_conjoining_vowel_or_final(char32_t c) {
    return c >= 0x1160 && c <= 0x11FF;
}

/// NFKD without reordering: the order only concerns the code points that are dropped.
class Decomposer {
public:
    explicit Decomposer(std::string& out) : out_(out) {}

    void append(char32_t c) {
        if (c < 0x80) {
            out_.push_back(static_cast<char>(c));
            ends_in_syllable_ = false;
        } else if (is_hangul_syllable(c)) {
            append_utf8(out_, c);
            ends_in_syllable_ = true;
        } else {
            append_decomposed(c);
        }
    }

private:
    // The longest decomposition of Unicode is that of U+FDFA, 18 code points.
    using Buffer = std::array<utf8proc_int32_t, 32>;

    static std::size_t decompose(char32_t c, Buffer& buffer) {
        int last_class = 0;
        const auto count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(c), buffer.data(), static_cast<utf8proc_ssize_t>(buffer.size()),
            static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &last_class);
        return count < 0 ? 0 : static_cast<std::size_t>(count);
    }

    void append_decomposed(char32_t c) {
        Buffer buffer;
        const std::size_t count = decompose(c, buffer);
        for (std::size_t i = 0; i < count; ++i) {
            if (utf8proc_get_property(buffer[i])->combining_class != 0) continue;
            const auto part = static_cast<char32_t>(buffer[i]);
            if (ends_in_syllable_ && is_conjoining_vowel_or_final(part)) decompose_last_syllable();
            append_utf8(out_, part);
            ends_in_syllable_ = false;
        }
    }

    void decompose_last_syllable() {
        constexpr std::size_t kSyllableBytes = 3;
        const char32_t syllable = decode_one(out_, out_.size() - kSyllableBytes).code_point;
        out_.resize(out_.size() - kSyllableBytes);
        Buffer buffer;
        const std::size_t count = decompose(syllable, buffer);
        for (std::size_t i = 0; i < count; ++i) append_utf8(out_, static_cast<char32_t>(buffer[i]));
    }

    std::string& out_;
    bool ends_in_syllable_ = false;
};

bool is_doubled_quote(std::string_view text, std::size_t at) {
    return (text[at] == '`' || text[at] == '\'') && at + 1 < text.size() && text[at + 1] == text[at];
}

}  // namespace

std::string clean_like_kobert(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 1);
    Decomposer decomposer(out);
    bool is_begun = false;
    bool owes_space = false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded here = decode_one(text, at);
        if (is_python_space(here.code_point)) {
            owes_space = is_begun;
            at += here.length;
            continue;
        }
        if (owes_space) decomposer.append(U' ');
        owes_space = false;
        is_begun = true;
        const bool is_quote = is_doubled_quote(text, at);
        decomposer.append(is_quote ? U'"' : here.code_point);
        at += is_quote ? 2 : here.length;
    }
    return out;
}

}  // namespace nunchi::text
