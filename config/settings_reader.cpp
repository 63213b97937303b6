#include "config/settings_reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <utility>

#include "config/escape.hpp"
#include "config/nearest_name.hpp"
#include "config/secret_file.hpp"

namespace nunchi::config {
namespace {

// More would only scroll the first ones out of sight; it also bounds the work on a hostile file.
constexpr std::size_t kMaxProblems = 50;
constexpr std::size_t kShownBytes = 60;

/// A key as it was written: itself, or as the name of the file that holds it.
struct KeyForm {
    const Key* key = nullptr;
    bool names_file = false;
};

/// A value and the place that it comes from, "nunchi.toml:12: classifier.threads" or
/// "NUNCHI_CLASSIFIER_THREADS".
struct Given {
    KeyForm form;
    Value value;
    std::string where;
};

std::optional<KeyForm> find_key(const Section& section, std::string_view name) {
    for (const Key& key : section.keys()) {
        if (name == key.name) return KeyForm{&key, false};
        if (key.is_secret && name == key.name + std::string(kFileKeySuffix)) return KeyForm{&key, true};
    }
    return std::nullopt;
}

std::vector<std::string> key_names(const Section& section) {
    std::vector<std::string> names;
    for (const Key& key : section.keys()) {
        names.push_back(key.name);
        if (key.is_secret) names.push_back(key.name + std::string(kFileKeySuffix));
    }
    return names;
}

std::vector<std::string> section_names(const Schema& schema) {
    std::vector<std::string> names;
    for (const Section& section : schema.sections()) names.push_back(section.name());
    return names;
}

std::map<std::string, KeyForm, std::less<>> variables_of(const Schema& schema) {
    std::map<std::string, KeyForm, std::less<>> variables;
    for (const Section& section : schema.sections()) {
        for (const Key& key : section.keys()) {
            variables[key.variable()] = {&key, false};
            if (key.is_secret) variables[key.variable() + std::string(kFileVariableSuffix)] = {&key, true};
        }
    }
    return variables;
}

/// "bot" for "bot.discord"; empty at the top.
std::string_view parent_of(std::string_view section) {
    const auto dot = section.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : section.substr(0, dot);
}

class Reader {
public:
    explicit Reader(const Schema& schema) : schema_(schema) {}

    void read_document(std::string_view file_name, const TomlDocument& document) {
        file_name_ = file_name;
        if (document.error) problem(at(document.error->line) + document.error->reason);
        for (const TomlSection& section : document.sections) check_section(section);
        for (const TomlEntry& entry : document.entries) read_entry(entry);
        take_secrets();
    }

    void read_environment(const Environment& environment) {
        const auto variables = variables_of(schema_);
        for (const auto& [name, value] : environment) {
            if (!name.starts_with("NUNCHI_") || value.empty()) continue;
            const auto known = variables.find(name);
            if (known == variables.end()) {
                judge_unknown_variable(name, variables);
            } else {
                accept({known->second, from_text(known->second, value), name});
            }
        }
        take_secrets();
    }

    ReadReport finish() {
        for (const auto& [key, given] : secrets_) fill_secret(given);
        return std::move(report_);
    }

private:
    std::string at(int line) const { return fmt::format("{}:{}: ", file_name_, line); }

    void problem(std::string sentence) {
        if (is_full()) return;
        report_.problems.push_back(std::move(sentence));
        if (is_full()) report_.problems.emplace_back("There may be more; mend these first.");
    }

    bool is_full() const { return report_.problems.size() >= kMaxProblems; }

    bool is_parent_of_section(std::string_view name) const {
        return std::ranges::any_of(schema_.sections(), [&](const Section& section) {
            return section.name().starts_with(std::string(name) + ".");
        });
    }

    void check_section(const TomlSection& section) {
        if (is_full() || schema_.find_section(section.name) || is_parent_of_section(section.name)) return;
        if (!unknown_sections_.insert(section.name).second) return;
        // What stands below an unknown section is reported with it, once.
        if (unknown_sections_.contains(std::string(parent_of(section.name)))) return;
        const auto nearest = nearest_name(section.name, section_names(schema_));
        problem(fmt::format(
            "{}[{}]: unknown section; {}", at(section.line), printable(section.name, kShownBytes),
            nearest ? fmt::format("did you mean [{}]?", *nearest)
                    : fmt::format("the sections are [{}]", fmt::join(section_names(schema_), "], ["))));
    }

    void read_entry(const TomlEntry& entry) {
        if (is_full() || unknown_sections_.contains(entry.section)) return;
        const Section* section = schema_.find_section(entry.section);
        if (section == nullptr) return refuse_key_without_section(entry);
        const auto form = find_key(*section, entry.key);
        if (!form) return refuse_unknown_key(entry, *section);
        accept({*form, entry.value, at(entry.line) + section->name() + "." + entry.key});
    }

    void refuse_key_without_section(const TomlEntry& entry) {
        const std::string place = at(entry.line) + printable(entry.key, kShownBytes) + ": ";
        if (schema_.find_section(entry.key) != nullptr) {
            return problem(fmt::format("{}expected a section, written [{}] on a line of its own, got {}",
                                       place, entry.key, described_kind(entry.value)));
        }
        for (const Section& section : schema_.sections()) {
            if (!find_key(section, entry.key)) continue;
            return problem(fmt::format("{}this key stands in the section [{}]; put that line above it", place,
                                       section.name()));
        }
        problem(place + "unknown key, and it stands in no section; remove it");
    }

    void refuse_unknown_key(const TomlEntry& entry, const Section& section) {
        const auto nearest = nearest_name(entry.key, key_names(section));
        problem(fmt::format("{}{}.{}: unknown key; {}", at(entry.line), section.name(),
                            printable(entry.key, kShownBytes),
                            nearest ? fmt::format("did you mean {}?", *nearest)
                                    : fmt::format("the keys of [{}] are {}", section.name(),
                                                  fmt::join(key_names(section), ", "))));
    }

    static Value from_text(const KeyForm& form, const std::string& text) {
        return value_from_text(form.names_file ? ValueKind::text : form.key->kind, text);
    }

    /// In a section that exists, an unknown variable is a mistake. Others may belong to something else:
    /// Kubernetes sets NUNCHI_PORT and the like for a service that is called nunchi.
    void judge_unknown_variable(const std::string& name,
                                const std::map<std::string, KeyForm, std::less<>>& variables) {
        const auto names = std::views::keys(variables);
        const auto nearest = nearest_name(name, {names.begin(), names.end()});
        const std::string sentence =
            fmt::format("{}: no setting has this variable; {}", printable(name, kShownBytes),
                        nearest ? fmt::format("did you mean {}?", *nearest) : "unset it");
        const bool is_ours = std::ranges::any_of(schema_.sections(), [&](const Section& section) {
            return name.starts_with(variable_prefix(section.name()));
        });
        if (is_ours) {
            problem(sentence);
        } else if (nearest) {
            report_.warnings.push_back(sentence);
        }
    }

    void accept(Given given) {
        const Key& key = *given.form.key;
        if (key.is_secret) {
            pending_[&key].push_back(std::move(given));
        } else if (key.assign(given.value)) {
            report_.origins[key.full_name()] = given.where;
        } else {
            problem(
                fmt::format("{}: expected {}, got {}", given.where, key.expected, described(given.value)));
        }
    }

    /// Ends one source. Its secrets replace those of the source before, whose files are then not even opened.
    void take_secrets() {
        for (auto& [key, given] : pending_) {
            if (given.size() > 1) {
                problem(fmt::format("{}: given together with {}; keep one of the two", given[1].where,
                                    given[0].where));
            }
            secrets_.insert_or_assign(key, given.front());
        }
        pending_.clear();
    }

    void fill_secret(const Given& given) {
        if (given.form.names_file) return fill_secret_from_file(given);
        if (!given.form.key->assign(given.value)) return refuse_secret(given);
        report_.origins[given.form.key->full_name()] = given.where;
    }

    void fill_secret_from_file(const Given& given) {
        const auto* name = std::get_if<std::string>(&given.value);
        if (name == nullptr || name->empty()) {
            return problem(
                fmt::format("{}: expected a file's path, got {}", given.where, described(given.value)));
        }
        SecretFile file = read_secret_file(*name);
        if (!file.warning.empty()) report_.warnings.push_back(given.where + ": " + file.warning);
        if (!file.problem.empty()) return problem(given.where + ": " + file.problem);
        if (!given.form.key->assign(Value(file.secret.reveal()))) return refuse_secret(given);
        report_.origins[given.form.key->full_name()] = given.where;
    }

    /// Says nothing of the value but its kind.
    void refuse_secret(const Given& given) {
        const auto* text = std::get_if<std::string>(&given.value);
        problem(fmt::format("{}: expected {}, got {}", given.where, given.form.key->expected,
                            text != nullptr && text->empty() ? "\"\"" : described_kind(given.value)));
    }

    const Schema& schema_;
    std::string file_name_;
    ReadReport report_;
    std::set<std::string, std::less<>> unknown_sections_;
    std::map<const Key*, std::vector<Given>> pending_;  // the secrets of the source that is being read
    std::map<const Key*, Given> secrets_;               // the secrets that count
};

}  // namespace

ReadReport read_settings(const Schema& schema, std::string_view file_name, const TomlDocument& document,
                         const Environment& environment) {
    Reader reader(schema);
    reader.read_document(file_name, document);
    reader.read_environment(environment);
    return reader.finish();
}

}  // namespace nunchi::config
