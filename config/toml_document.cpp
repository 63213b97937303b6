#include "config/toml_document.hpp"

#include <algorithm>
#include <utility>

#include "config/toml_guard.hpp"

// toml++ is compiled here and nowhere else: without exceptions, and without its assertions, two of which hold
// for valid documents only (it reports the same documents as errors right after).
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

namespace nunchi::config {
namespace {

int line_of(const toml::source_region& place) {
    return static_cast<int>(place.begin.line);
}

std::string_view foreign_kind(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::array: return "a list";
        case toml::node_type::date: return "a date";
        case toml::node_type::time: return "a time";
        case toml::node_type::date_time: return "a date and time";
        default: return "a table";
    }
}

Value value_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* whole = node.as_integer()) return whole->get();
    if (const auto* real = node.as_floating_point()) return real->get();
    if (const auto* flag = node.as_boolean()) return flag->get();
    return ForeignValue{foreign_kind(node)};
}

/// The recursion is bounded by the guard.
void collect(const toml::table& table, const std::string& section, TomlDocument& document) {
    for (const auto& [key, node] : table) {
        std::string name(key.str());
        if (const auto* inner = node.as_table()) {
            if (!section.empty()) name.insert(0, section + ".");
            document.sections.push_back({name, line_of(inner->source())});
            collect(*inner, name, document);
        } else {
            document.entries.push_back({section, std::move(name), value_of(node), line_of(key.source())});
        }
    }
}

void sort_by_line(auto& items) {
    std::ranges::stable_sort(items, {}, [](const auto& item) { return item.line; });
}

/// toml++ quotes what it met. One character is a help; more may be a part of a secret that lacks its quotes.
std::string without_quoted_text(std::string_view description) {
    static constexpr std::string_view kSaw = " saw '";
    if (const auto saw = description.find(kSaw); saw != std::string_view::npos) {
        const std::string_view quoted = description.substr(saw + kSaw.size());
        const bool is_character = quoted.size() <= 2;
        return std::string(is_character ? description : description.substr(0, saw)) +
               (is_character ? "" : " saw text");
    }
    if (const auto quoted = description.find(": '"); quoted != std::string_view::npos) {
        return std::string(description.substr(0, quoted)) + ": not a number that 64 bits can hold";
    }
    return std::string(description);
}

std::string reason_of(std::string_view description) {
    // Here the quoted text is the key's name.
    if (description.find("redefine") != std::string_view::npos) {
        return std::string(description) + "; remove one of the two";
    }
    std::string reason = without_quoted_text(description);
    if (reason.find("value type") != std::string::npos) reason += "; put text between double quotes";
    return reason;
}

}  // namespace

TomlDocument parse_toml(std::string_view text) {
    TomlDocument document;
    if (text.size() > kMaxTomlBytes) {
        document.error = TomlError{"the file is longer than 1 MiB", 1};
        return document;
    }
    document.error = find_hazard(text);
    if (document.error) return document;

    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        document.error = TomlError{reason_of(parsed.error().description()), line_of(parsed.error().source())};
        return document;
    }
    collect(parsed.table(), "", document);
    sort_by_line(document.sections);
    sort_by_line(document.entries);
    return document;
}

}  // namespace nunchi::config
