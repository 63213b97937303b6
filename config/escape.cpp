#include "config/escape.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace nunchi::config {
namespace {

constexpr std::uint8_t byte_at(std::string_view text, std::size_t index) {
    return static_cast<std::uint8_t>(text[index]);
}

bool is_continuation(std::uint8_t byte) {
    return byte >= 0x80 && byte <= 0xBF;
}

/// The second byte alone keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
bool is_second_byte(std::uint8_t first, std::uint8_t second) {
    switch (first) {
        case 0xE0: return second >= 0xA0 && second <= 0xBF;
        case 0xED: return second >= 0x80 && second <= 0x9F;
        case 0xF0: return second >= 0x90 && second <= 0xBF;
        case 0xF4: return second >= 0x80 && second <= 0x8F;
        default: return is_continuation(second);
    }
}

bool is_control(std::string_view character) {
    const std::uint8_t first = byte_at(character, 0);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return character.size() == 2 && first == 0xC2 && byte_at(character, 1) < 0xA0;
}

void append_hexadecimal(std::string& out, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte_at(bytes, i));
    }
}

void append_json_character(std::string& out, std::string_view character) {
    switch (character.front()) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    if (byte_at(character, 0) < 0x20) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte_at(character, 0));
    } else {
        out += character;
    }
}

}  // namespace

std::size_t utf8_character_size(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const std::uint8_t first = byte_at(text, 0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < size || !is_second_byte(first, byte_at(text, 1))) return 0;
    for (std::size_t i = 2; i < size; ++i) {
        if (!is_continuation(byte_at(text, i))) return 0;
    }
    return size;
}

std::string printable(std::string_view text, std::size_t max_bytes) {
    std::string out;
    std::size_t taken = 0;
    while (taken < text.size()) {
        const std::size_t size = utf8_character_size(text.substr(taken));
        const std::string_view character = text.substr(taken, std::max<std::size_t>(size, 1));
        if (character.size() > max_bytes - taken) return out + "…";
        if (size == 0 || is_control(character)) {
            append_hexadecimal(out, character);
        } else {
            out += character;
        }
        taken += character.size();
    }
    return out;
}

std::string json_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = utf8_character_size(text);
        if (size == 0) {
            out += "\xEF\xBF\xBD";
        } else {
            append_json_character(out, text.substr(0, size));
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

}  // namespace nunchi::config
