#include "config/example_file.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <iterator>

namespace nunchi::config {
namespace {

constexpr std::string_view kIntroduction =
    R"(# Nunchi's settings. This file sets nothing: every key stands in a comment, with its default.
# To set a key, take away the "# " in front of it.
#
# Nunchi reads the first of these files that exists:
#   1. the one named on the command line
#   2. the one named by the environment variable NUNCHI_CONFIG
#   3. $XDG_CONFIG_HOME/nunchi/nunchi.toml (by default ~/.config/nunchi/nunchi.toml)
#   4. /etc/nunchi/nunchi.toml
# Each key can also be set by an environment variable, NUNCHI_<SECTION>_<KEY>, which wins over the file.
# An empty variable counts as unset.
)";

std::string capitalised(std::string text) {
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

void append_secret(std::string& out, const Key& key) {
    std::string file_name = key.full_name();
    std::ranges::replace(file_name, '.', '_');
    fmt::format_to(std::back_inserter(out),
                   "# A secret: {}; better, name a file that holds it (or set {}{}).\n# {} = \"\"\n"
                   "# {}{} = \"/run/secrets/nunchi_{}\"\n",
                   key.expected, key.variable(), kFileVariableSuffix, key.name, key.name, kFileKeySuffix,
                   file_name);
}

void append_key(std::string& out, const Key& key) {
    fmt::format_to(std::back_inserter(out), "\n# {}\n", key.doc);
    if (key.is_secret) return append_secret(out, key);
    fmt::format_to(std::back_inserter(out), "# {}.\n# {} = {}\n", capitalised(key.expected), key.name,
                   toml_literal(key.default_value));
}

}  // namespace

std::string example_file(const Schema& schema) {
    std::string out(kIntroduction);
    for (const Section& section : schema.sections()) {
        fmt::format_to(std::back_inserter(out), "\n\n# {}\n[{}]\n", section.doc(), section.name());
        for (const Key& key : section.keys()) append_key(out, key);
    }
    return out;
}

}  // namespace nunchi::config
