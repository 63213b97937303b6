// The process's environment as a value, so that everything below main can be tested without one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nunchi::config {

using Environment = std::map<std::string, std::string, std::less<>>;

/// A copy of the environment of this process. Called by main, before other threads start.
Environment process_environment();

/// The variable's value; nothing when it is missing or empty, because `VAR=` and compose's `${VAR:-}` are the
/// usual ways of leaving a variable out.
std::optional<std::string> value_of(const Environment& environment, std::string_view name);

}  // namespace nunchi::config
