// From a parsed file and the environment to filled settings, with everything that is wrong on the way.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.hpp"
#include "config/schema.hpp"
#include "config/toml_document.hpp"

namespace nunchi::config {

struct ReadReport {
    std::vector<std::string> problems;  // the settings are usable only when there is none; at most about 50
    std::vector<std::string> warnings;  // suspicious, but unambiguous
    std::map<std::string, std::string>
        origins;  // "classifier.threads" -> "nunchi.toml:12: classifier.threads"
};

/// Fills the fields that the schema is bound to: from the document, then from the variables
/// NUNCHI_<SECTION>_<KEY>, which win. file_name is for messages only. Reads no file but those that a secret
/// names.
ReadReport read_settings(const Schema& schema, std::string_view file_name, const TomlDocument& document,
                         const Environment& environment);

}  // namespace nunchi::config
