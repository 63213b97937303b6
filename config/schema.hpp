// The list of all settings. Each key is declared once, bound to the field that it fills; reading, environment
// variables, secrets' files and the example file all follow from this list.
#pragma once

#include <concepts>
#include <deque>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/secret.hpp"
#include "config/value.hpp"

namespace nunchi::config {

struct Key {
    std::string section;
    std::string name;
    std::string doc;       // one sentence
    std::string expected;  // "a whole number from 0 to 256"
    ValueKind kind = ValueKind::text;
    bool is_secret = false;
    Value default_value;                       // what the field held when the key was declared
    std::function<bool(const Value&)> assign;  // fills the field; false when the value is not acceptable

    /// "classifier.threads"
    std::string full_name() const { return section + "." + name; }
    /// "NUNCHI_CLASSIFIER_THREADS"
    std::string variable() const;
};

/// The suffixes of a secret's second form, which names the file that holds it.
inline constexpr std::string_view kFileKeySuffix = "_file";
inline constexpr std::string_view kFileVariableSuffix = "_FILE";

enum class EmptyText { refused, allowed };

/// The keys of one section. The fields must outlive the section; their values at declaration are the
/// defaults.
class Section {
public:
    Section(std::string name, std::string doc) : name_(std::move(name)), doc_(std::move(doc)) {}

    Section& flag(std::string name, bool& field, std::string doc);

    template <std::integral Number>
    Section& number(std::string name, Number& field, std::type_identity_t<Number> min,
                    std::type_identity_t<Number> max, std::string doc) {
        return whole(std::move(name), static_cast<std::int64_t>(field), static_cast<std::int64_t>(min),
                     static_cast<std::int64_t>(max), std::move(doc),
                     [&field](std::int64_t value) { field = static_cast<Number>(value); });
    }

    Section& real(std::string name, double& field, double min, double max, std::string doc);

    /// Text of one line and at most 4096 bytes.
    Section& text(std::string name, std::string& field, EmptyText empty, std::string doc);
    Section& path(std::string name, std::filesystem::path& field, EmptyText empty, std::string doc);

    /// One of several words. The field's value must be among them.
    template <typename Enum>
    Section& choice(std::string name, Enum& field,
                    std::initializer_list<std::pair<std::string_view, std::type_identity_t<Enum>>> words,
                    std::string doc) {
        std::vector<std::string> names;
        std::vector<Enum> values;
        std::size_t now = words.size();
        for (const auto& [word, value] : words) {
            if (value == field) now = names.size();
            names.emplace_back(word);
            values.push_back(value);
        }
        return one_of(std::move(name), std::move(names), now, std::move(doc),
                      [&field, values](std::size_t index) { field = values[index]; });
    }

    /// Also settable by the name of a file that holds it: `<name>_file` and NUNCHI_<SECTION>_<NAME>_FILE.
    Section& secret(std::string name, Secret& field, std::string doc);

    const std::string& name() const { return name_; }
    const std::string& doc() const { return doc_; }
    const std::vector<Key>& keys() const { return keys_; }

private:
    Section& whole(std::string name, std::int64_t now, std::int64_t min, std::int64_t max, std::string doc,
                   std::function<void(std::int64_t)> store);
    Section& one_of(std::string name, std::vector<std::string> words, std::size_t now, std::string doc,
                    std::function<void(std::size_t)> store);
    Key& add(std::string name, std::string doc, std::string expected, ValueKind kind, Value default_value);

    std::string name_;
    std::string doc_;
    std::vector<Key> keys_;
};

class Schema {
public:
    /// The reference stays valid.
    Section& section(std::string name, std::string doc) {
        return sections_.emplace_back(std::move(name), std::move(doc));
    }

    const std::deque<Section>& sections() const { return sections_; }
    const Section* find_section(std::string_view name) const;

private:
    std::deque<Section> sections_;
};

/// "NUNCHI_BOT_DISCORD_" for the section "bot.discord".
std::string variable_prefix(std::string_view section);

}  // namespace nunchi::config
