#include "config/schema.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cassert>
#include <optional>

namespace nunchi::config {
namespace {

constexpr std::size_t kMaxTextBytes = 4096;

std::string in_variable(std::string_view name) {
    std::string out(name);
    for (char& character : out) {
        if (character == '.') character = '_';
        if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 'a' + 'A');
    }
    return out;
}

bool has_control_character(const std::string& text) {
    return std::ranges::any_of(text, [](char character) {
        return static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
    });
}

/// The text, when it is acceptable as one.
const std::string* line_of_text(const Value& value, EmptyText empty) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->size() > kMaxTextBytes || has_control_character(*text)) return nullptr;
    return text->empty() && empty == EmptyText::refused ? nullptr : text;
}

std::optional<double> as_real(const Value& value) {
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    return std::nullopt;
}

std::string expected_text(std::string_view what, EmptyText empty) {
    return fmt::format("{} of one line{}", what, empty == EmptyText::allowed ? ", or \"\"" : "");
}

}  // namespace

std::string variable_prefix(std::string_view section) {
    return "NUNCHI_" + in_variable(section) + "_";
}

std::string Key::variable() const {
    return variable_prefix(section) + in_variable(name);
}

Section& Section::flag(std::string name, bool& field, std::string doc) {
    Key& key = add(std::move(name), std::move(doc), "true or false", ValueKind::flag, field);
    key.assign = [&field](const Value& value) {
        const bool* flag = std::get_if<bool>(&value);
        if (flag != nullptr) field = *flag;
        return flag != nullptr;
    };
    return *this;
}

Section& Section::whole(std::string name, std::int64_t now, std::int64_t min, std::int64_t max,
                        std::string doc, std::function<void(std::int64_t)> store) {
    assert(min <= now && now <= max);
    const std::string expected = fmt::format("a whole number from {} to {}", min, max);
    Key& key = add(std::move(name), std::move(doc), expected, ValueKind::whole, now);
    key.assign = [min, max, store = std::move(store)](const Value& value) {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr || *number < min || *number > max) return false;
        store(*number);
        return true;
    };
    return *this;
}

Section& Section::real(std::string name, double& field, double min, double max, std::string doc) {
    assert(min <= field && field <= max);
    const std::string expected = fmt::format("a number from {} to {}", min, max);
    Key& key = add(std::move(name), std::move(doc), expected, ValueKind::real, field);
    key.assign = [&field, min, max](const Value& value) {
        const std::optional<double> number = as_real(value);
        // Written so that NaN is refused.
        const bool is_within = number && *number >= min && *number <= max;
        if (!is_within) return false;
        field = *number;
        return true;
    };
    return *this;
}

Section& Section::text(std::string name, std::string& field, EmptyText empty, std::string doc) {
    Key& key = add(std::move(name), std::move(doc), expected_text("text", empty), ValueKind::text, field);
    key.assign = [&field, empty](const Value& value) {
        const std::string* text = line_of_text(value, empty);
        if (text != nullptr) field = *text;
        return text != nullptr;
    };
    return *this;
}

Section& Section::path(std::string name, std::filesystem::path& field, EmptyText empty, std::string doc) {
    Key& key =
        add(std::move(name), std::move(doc), expected_text("a path", empty), ValueKind::text, field.string());
    key.assign = [&field, empty](const Value& value) {
        const std::string* text = line_of_text(value, empty);
        if (text != nullptr) field = *text;
        return text != nullptr;
    };
    return *this;
}

Section& Section::one_of(std::string name, std::vector<std::string> words, std::size_t now, std::string doc,
                         std::function<void(std::size_t)> store) {
    assert(now < words.size());
    const std::string expected = fmt::format("one of \"{}\"", fmt::join(words, "\", \""));
    Key& key = add(std::move(name), std::move(doc), expected, ValueKind::text, words[now]);
    key.assign = [words = std::move(words), store = std::move(store)](const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr) return false;
        const auto found = std::ranges::find(words, *text);
        if (found == words.end()) return false;
        store(static_cast<std::size_t>(found - words.begin()));
        return true;
    };
    return *this;
}

Section& Section::secret(std::string name, Secret& field, std::string doc) {
    Key& key = add(std::move(name), std::move(doc), "text that is not empty", ValueKind::text, std::string());
    key.is_secret = true;
    key.assign = [&field](const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || text->empty()) return false;
        field = Secret(*text);
        return true;
    };
    return *this;
}

Key& Section::add(std::string name, std::string doc, std::string expected, ValueKind kind,
                  Value default_value) {
    Key& key = keys_.emplace_back();
    key.section = name_;
    key.name = std::move(name);
    key.doc = std::move(doc);
    key.expected = std::move(expected);
    key.kind = kind;
    key.default_value = std::move(default_value);
    return key;
}

const Section* Schema::find_section(std::string_view name) const {
    const auto found = std::ranges::find(sections_, name, &Section::name);
    return found == sections_.end() ? nullptr : &*found;
}

}  // namespace nunchi::config
