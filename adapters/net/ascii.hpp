// Letters and tokens of HTTP, which knows ASCII only; the C library's functions depend on the locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace nunchi::net {

constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool is_alphanumeric(char c) {
    return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

/// Without the spaces and tabs around it.
constexpr std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Whether the text is a token of RFC 9110, section 5.6.2: a method or the name of a header.
constexpr bool is_token(std::string_view text) {
    const auto is_token_character = [](char c) {
        return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

}  // namespace nunchi::net
