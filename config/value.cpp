#include "config/value.hpp"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <optional>

#include "config/escape.hpp"

namespace nunchi::config {
namespace {

constexpr std::size_t kShownBytes = 60;

template <typename Number>
std::optional<Number> number_from(const std::string& text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return number;
}

struct Describe {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return '"' + printable(text, kShownBytes) + '"'; }
    std::string operator()(ForeignValue value) const { return std::string(value.kind); }
};

struct DescribeKind {
    std::string_view operator()(bool) const { return "true or false"; }
    std::string_view operator()(std::int64_t) const { return "a whole number"; }
    std::string_view operator()(double) const { return "a number"; }
    std::string_view operator()(const std::string&) const { return "text"; }
    std::string_view operator()(ForeignValue value) const { return value.kind; }
};

}  // namespace

Value value_from_text(ValueKind kind, const std::string& text) {
    if (kind == ValueKind::flag && (text == "true" || text == "false")) return text == "true";
    if (kind == ValueKind::whole) {
        if (const auto number = number_from<std::int64_t>(text)) return *number;
    }
    if (kind == ValueKind::real) {
        if (const auto number = number_from<double>(text)) return *number;
    }
    return text;
}

std::string described(const Value& value) {
    return std::visit(Describe{}, value);
}

std::string_view described_kind(const Value& value) {
    return std::visit(DescribeKind{}, value);
}

std::string toml_literal(const Value& value) {
    // TOML's basic strings take JSON's escapes, and its numbers and booleans are written alike.
    if (const auto* text = std::get_if<std::string>(&value)) return '"' + json_escaped(*text) + '"';
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{:#}", *real);
    return described(value);
}

}  // namespace nunchi::config
