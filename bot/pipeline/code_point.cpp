#include "bot/pipeline/code_point.hpp"

#include <array>

namespace nunchi::pipeline {
namespace {

constexpr CodePoint kIllFormed{0xFFFD, 1};
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_scalar(char32_t value, std::size_t length) {
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value >= kLeast[length] && value <= 0x10FFFF && !is_surrogate;
}

}  // namespace

CodePoint code_point_at(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t offset) -> unsigned {
        return at + offset < bytes.size() ? static_cast<unsigned char>(bytes[at + offset]) : 0;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};
    if (first < 0xC2 || first > 0xF4) return kIllFormed;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char32_t value = first & (0xFFU >> (length + 1));
    for (std::size_t offset = 1; offset < length; ++offset) {
        if ((byte(offset) & 0xC0U) != 0x80U) return kIllFormed;
        value = value << 6U | (byte(offset) & 0x3FU);
    }
    return is_scalar(value, length) ? CodePoint{value, length} : kIllFormed;
}

bool is_space(char32_t c) {
    return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}

std::string shortened(std::string_view bytes, std::size_t limit) {
    std::string text;
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); ++count) {
        if (count == limit) return text + "…";
        const CodePoint c = code_point_at(bytes, at);
        // U+FFFD itself takes three bytes.
        text += c.value == kIllFormed.value ? kReplacement : bytes.substr(at, c.length);
        at += c.length;
    }
    return text;
}

std::string_view beginning_of(std::string_view bytes, std::size_t limit) {
    if (bytes.size() <= limit) return bytes;
    // A sequence that reaches over the limit begins at most three bytes before it.
    for (std::size_t back = 1; back <= 3 && back <= limit; ++back) {
        if (code_point_at(bytes, limit - back).length > back) return bytes.substr(0, limit - back);
    }
    return bytes.substr(0, limit);
}

}  // namespace nunchi::pipeline
