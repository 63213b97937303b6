// UTF-8 read one code point at a time, from bytes that may be anything.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nunchi::pipeline {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;  // bytes
};

/// The code point at `bytes[at]`, `at < bytes.size()`. Each byte that begins no well-formed sequence is one
/// U+FFFD.
CodePoint code_point_at(std::string_view bytes, std::size_t at);

/// White space of any script, as far as it separates words.
bool is_space(char32_t c);

/// U+AC00 to U+D7A3: a complete Hangul syllable.
constexpr bool is_syllable(char32_t c) {
    return c >= 0xAC00 && c <= 0xD7A3;
}

/// At most `limit` code points, and then "…"; ill-formed bytes become U+FFFD.
std::string shortened(std::string_view bytes, std::size_t limit);

/// The longest beginning of at most `limit` bytes that does not cut a well-formed sequence.
std::string_view beginning_of(std::string_view bytes, std::size_t limit);

}  // namespace nunchi::pipeline
