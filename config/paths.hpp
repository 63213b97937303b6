// Where Nunchi looks for its settings and keeps its files.
// Source: https://specifications.freedesktop.org/basedir-spec/latest/
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "config/environment.hpp"

namespace nunchi::config {

/// The places of the settings file that nobody named, best first.
std::vector<std::filesystem::path> settings_file_candidates(const Environment& environment);

/// The explicit path if there is one, else NUNCHI_CONFIG, else the first candidate that exists. The first two
/// are not checked: a named file that is missing is for its reader to report.
std::optional<std::filesystem::path> find_settings_file(
    const std::optional<std::filesystem::path>& explicit_file, const Environment& environment);

/// $XDG_DATA_HOME/nunchi, by default ~/.local/share/nunchi: models. Throws SettingsError when HOME is needed
/// and not set.
std::filesystem::path data_dir(const Environment& environment);

/// $XDG_STATE_HOME/nunchi, by default ~/.local/state/nunchi: the database and the control socket. Throws as
/// data_dir.
std::filesystem::path state_dir(const Environment& environment);

}  // namespace nunchi::config
