// A settings file's text as a flat list of what it sets. The only parser of TOML.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/value.hpp"

namespace nunchi::config {

inline constexpr std::size_t kMaxTomlBytes = std::size_t{1} << 20;

struct TomlSection {
    std::string name;  // "classifier"; "bot.discord" for a section in a section
    int line = 0;
};

struct TomlEntry {
    std::string section;  // empty for a key above the first section
    std::string key;
    Value value;
    int line = 0;
};

struct TomlError {
    std::string reason;  // a sentence without the text that stands at the place: it may be a secret
    int line = 0;
};

/// Sections and entries in the order of their lines; when error is set, both are empty.
struct TomlDocument {
    std::vector<TomlSection> sections;
    std::vector<TomlEntry> entries;
    std::optional<TomlError> error;
};

/// Never fails on any bytes: what is not TOML, longer than kMaxTomlBytes, nested deeply, or has text over
/// several lines comes back as the document's error. Source of the format: https://toml.io/en/v1.0.0
TomlDocument parse_toml(std::string_view text);

}  // namespace nunchi::config
