// UTF-8 in and out, for text that may be broken: nothing here fails or throws on bad input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nunchi::text {

/// One code point and how many bytes it took.
struct Decoded {
    char32_t code_point;
    std::size_t length;
};

/// The code point at `bytes[at]`, `at < bytes.size()`. An ill-formed sequence gives U+FFFD for each maximal
/// subpart (Unicode 15, section 3.9, table 3-8), as the WHATWG decoder and Python's errors="replace" do.
Decoded decode_one(std::string_view bytes, std::size_t at);

/// Appends a code point; surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// All code points, ill-formed bytes replaced as in decode_one.
std::u32string decode_utf8(std::string_view bytes);

/// The first `limit` code points only; reads no further than they reach.
std::u32string decode_utf8(std::string_view bytes, std::size_t limit);

std::string encode_utf8(std::u32string_view code_points);

/// The same text with ill-formed sequences replaced by U+FFFD; well-formed text comes back unchanged.
std::string valid_utf8(std::string_view bytes);

}  // namespace nunchi::text
