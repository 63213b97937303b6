#include "bot/store/column.hpp"

#include <charconv>
#include <cstddef>
#include <system_error>

namespace nunchi::store {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

/// The byte that stands at column[at] as "%XX".
std::optional<char> escaped_byte(std::string_view column, std::size_t at) {
    if (column[at] != '%' || at + 2 >= column.size()) return {};
    const std::size_t high = kHexDigits.find(column[at + 1]);
    const std::size_t low = kHexDigits.find(column[at + 2]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    return static_cast<char>(high * 16 + low);
}

template <typename Duration>
std::int64_t floored(std::chrono::system_clock::time_point time) {
    return std::chrono::floor<Duration>(time.time_since_epoch()).count();
}

template <typename Duration>
std::int64_t ceiled(std::chrono::system_clock::time_point time) {
    return std::chrono::ceil<Duration>(time.time_since_epoch()).count();
}

}  // namespace

std::string to_column(std::string_view text) {
    std::string column;
    column.reserve(text.size());
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x20 && byte < 0x7f && letter != '%') {
            column += letter;
        } else {
            column.append({'%', kHexDigits[byte >> 4], kHexDigits[byte & 0xf]});
        }
    }
    return column;
}

std::string from_column(std::string_view column) {
    std::string text;
    text.reserve(column.size());
    for (std::size_t at = 0; at < column.size(); ++at) {
        const auto byte = escaped_byte(column, at);
        text += byte.value_or(column[at]);
        if (byte) at += 2;
    }
    return text;
}

std::string probabilities_to_column(const Probabilities& probabilities) {
    std::string column;
    for (const float probability : probabilities) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), probability).ptr;
        if (!column.empty()) column += ' ';
        column.append(digits.data(), end);
    }
    return column;
}

std::optional<Probabilities> probabilities_from_column(std::string_view column) {
    Probabilities probabilities{};
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        if (i > 0) {
            if (!column.starts_with(' ')) return {};
            column.remove_prefix(1);
        }
        const auto [end, error] =
            std::from_chars(column.data(), column.data() + column.size(), probabilities[i]);
        if (error != std::errc{}) return {};
        column.remove_prefix(static_cast<std::size_t>(end - column.data()));
    }
    if (!column.empty()) return {};
    return probabilities;
}

std::int64_t microseconds_of(std::chrono::system_clock::time_point time) {
    return floored<std::chrono::microseconds>(time);
}

std::int64_t seconds_before(std::chrono::system_clock::time_point time) {
    return floored<std::chrono::seconds>(time);
}

std::int64_t seconds_after(std::chrono::system_clock::time_point time) {
    return ceiled<std::chrono::seconds>(time);
}

std::int64_t hour_before(std::chrono::system_clock::time_point time) {
    return floored<std::chrono::hours>(time);
}

std::int64_t hour_after(std::chrono::system_clock::time_point time) {
    return ceiled<std::chrono::hours>(time);
}

}  // namespace nunchi::store
