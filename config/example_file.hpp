// The commented example of a settings file.
#pragma once

#include <string>

#include "config/schema.hpp"

namespace nunchi::config {

/// A settings file that sets nothing: every section, and every key as a comment with its doc sentence, what
/// it may be, and its default. Take the "# " away in front of a key to set it.
std::string example_file(const Schema& schema);

}  // namespace nunchi::config
