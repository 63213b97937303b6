#include "config/paths.hpp"

#include <string>
#include <system_error>

#include "config/settings_error.hpp"

namespace nunchi::config {
namespace {

/// A variable that holds an absolute path; the specification says to ignore relative ones.
std::optional<std::filesystem::path> absolute_path(const Environment& environment,
                                                   std::string_view variable) {
    const auto value = value_of(environment, variable);
    if (!value || !value->starts_with('/')) return std::nullopt;
    return *value;
}

std::optional<std::filesystem::path> base_dir(const Environment& environment, std::string_view variable,
                                              std::string_view below_home) {
    if (auto dir = absolute_path(environment, variable)) return dir;
    if (const auto home = absolute_path(environment, "HOME")) return *home / below_home;
    return std::nullopt;
}

std::filesystem::path required_dir(const Environment& environment, std::string_view variable,
                                   std::string_view below_home) {
    if (const auto dir = base_dir(environment, variable, below_home)) return *dir / "nunchi";
    throw SettingsError(
        {std::string(variable) +
         ": not set, and neither is HOME, so there is no place for Nunchi's files; set one of the "
         "two to an absolute path"});
}

}  // namespace

std::vector<std::filesystem::path> settings_file_candidates(const Environment& environment) {
    std::vector<std::filesystem::path> files;
    if (const auto dir = base_dir(environment, "XDG_CONFIG_HOME", ".config")) {
        files.push_back(*dir / "nunchi" / "nunchi.toml");
    }
    files.emplace_back("/etc/nunchi/nunchi.toml");
    return files;
}

std::optional<std::filesystem::path> find_settings_file(
    const std::optional<std::filesystem::path>& explicit_file, const Environment& environment) {
    if (explicit_file) return explicit_file;
    if (const auto named = value_of(environment, "NUNCHI_CONFIG")) return *named;
    for (const auto& candidate : settings_file_candidates(environment)) {
        std::error_code error;
        if (std::filesystem::exists(candidate, error)) return candidate;
    }
    return std::nullopt;
}

std::filesystem::path data_dir(const Environment& environment) {
    return required_dir(environment, "XDG_DATA_HOME", ".local/share");
}

std::filesystem::path state_dir(const Environment& environment) {
    return required_dir(environment, "XDG_STATE_HOME", ".local/state");
}

}  // namespace nunchi::config
