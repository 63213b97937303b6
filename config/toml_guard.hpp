// What toml++ must not see.
#pragma once

#include <optional>
#include <string_view>

#include "config/toml_document.hpp"

namespace nunchi::config {

/// The first thing in the text that toml++ 3.3 does not survive on every input:
/// - characters beyond ASCII outside of quotes and comments, and a quote inside of a bare word, which hides
/// them:
///   its white-space table runs into undefined behaviour;
/// - a bracket closed by one of another kind: a failed assertion;
/// - brackets or dotted keys without end: recursion.
/// Text over several lines is refused too: its line continuation meets the same table, and no setting needs
/// it.
std::optional<TomlError> find_hazard(std::string_view text);

}  // namespace nunchi::config
