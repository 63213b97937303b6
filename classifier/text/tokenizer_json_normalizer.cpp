#include "classifier/text/tokenizer_json_normalizer.hpp"

#include <utf8proc.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::text {
namespace {

using Json = nlohmann::ordered_json;

// The set of Python's str.isspace.
constexpr std::string_view kSpaces =
    R"([\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+)";

// U+2581, SentencePiece's visible space.
constexpr std::string_view kMeta = "\u2581";

std::string base64(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            out.push_back(i <= group.size() ? kDigits[bits >> (18 - 6 * i) & 63] : '=');
        }
    }
    return out;
}

std::string escaped(utf8proc_int32_t code_point) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "\\x{%x}", static_cast<unsigned>(code_point));
    return text.data();
}

bool is_dropped(utf8proc_int32_t code_point) {
    return utf8proc_get_property(code_point)->combining_class != 0;
}

/// A character class of all code points whose combining class is not 0. StripAccents would go by the category
/// instead: it also drops marks of class 0 (vowel signs, variation selectors), which KoBERTTokenizer keeps.
std::string combining_marks() {
    constexpr utf8proc_int32_t kEnd = 0x110000;
    std::string ranges = "[";
    for (utf8proc_int32_t first = 0; first < kEnd; ++first) {
        if (!is_dropped(first)) continue;
        utf8proc_int32_t last = first;
        while (last + 1 < kEnd && is_dropped(last + 1)) ++last;
        ranges += escaped(first);
        if (last > first) ranges += "-" + escaped(last);
        first = last;
    }
    return ranges + "]";
}

Json replace_literal(std::string_view from, std::string_view to) {
    return {{"type", "Replace"}, {"pattern", {{"String", from}}}, {"content", to}};
}

Json replace_regex(std::string_view pattern, std::string_view to) {
    return {{"type", "Replace"}, {"pattern", {{"Regex", pattern}}}, {"content", to}};
}

}  // namespace

Json normalizer_object(std::string_view charsmap) {
    Json steps = Json::array();
    steps.push_back(replace_regex(kSpaces, " "));
    steps.push_back({{"type", "Strip"}, {"strip_left", true}, {"strip_right", true}});
    steps.push_back(replace_literal("``", "\""));
    steps.push_back(replace_literal("''", "\""));
    steps.push_back({{"type", "NFKD"}});
    steps.push_back(replace_regex(combining_marks(), ""));
    // Composes what Precompiled cannot: it takes graphemes of at most five bytes, a decomposed syllable has
    // six.
    steps.push_back({{"type", "NFC"}});
    if (!charsmap.empty()) {
        steps.push_back({{"type", "Precompiled"}, {"precompiled_charsmap", base64(charsmap)}});
    }
    steps.push_back(replace_regex(" {2,}", " "));
    // SentencePiece strips its own space symbol at the end too, also when the text itself held it.
    steps.push_back(replace_regex("^ +|[ " + std::string(kMeta) + "]+$", ""));
    // Here and not in the pre-tokenizer, which adds no prefix to text that already begins with the symbol.
    steps.push_back({{"type", "Prepend"}, {"prepend", kMeta}});
    steps.push_back(replace_literal(" ", kMeta));
    return {{"type", "Sequence"}, {"normalizers", std::move(steps)}};
}

}  // namespace nunchi::text
