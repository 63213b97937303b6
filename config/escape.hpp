// Text of unknown origin made safe to show: for messages on a terminal and for JSON log lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nunchi::config {

/// The number of bytes of the well-formed UTF-8 character at the start of the text; 0 when there is none.
/// Source: Unicode 15, table 3-7.
std::size_t utf8_character_size(std::string_view text) noexcept;

/// The text on one line: control characters (also the C1 ones) and bytes that are not UTF-8 become \xNN. What
/// lies beyond max_bytes is cut at a character and replaced by "…".
std::string printable(std::string_view text, std::size_t max_bytes = std::string_view::npos);

/// The inside of a JSON string (RFC 8259, section 7). Bytes that are not UTF-8 become U+FFFD.
std::string json_escaped(std::string_view text);

}  // namespace nunchi::config
