// One value of a setting, as a settings file or the environment gives it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace nunchi::config {

/// A value of a kind that no setting takes: "a list", "a table", "a date".
struct ForeignValue {
    std::string_view kind;
};

using Value = std::variant<bool, std::int64_t, double, std::string, ForeignValue>;

/// What a setting holds.
enum class ValueKind {
    flag,   // true or false
    whole,  // a whole number
    real,   // a number
    text,   // text, a path, one of several words, or a secret
};

/// An environment variable's text as a value of this kind; as plain text when it is not one, so that the
/// setting refuses it and the message can show it.
Value value_from_text(ValueKind kind, const std::string& text);

/// For messages: `"two"`, `3`, `true`, `a list`. Long text is cut, control characters are escaped.
std::string described(const Value& value);

/// For messages about secrets: the kind alone, `text`, `a whole number`.
std::string_view described_kind(const Value& value);

/// The value as TOML writes it. Not for ForeignValue.
std::string toml_literal(const Value& value);

}  // namespace nunchi::config
