// "Did you mean …?" for mistyped names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunchi::config {

/// The candidate that fewest inserted, deleted or replaced bytes separate from the name; nothing when even
/// that is more than max_edits away, or than half of the name. The first of equals wins.
std::optional<std::string> nearest_name(std::string_view name, const std::vector<std::string>& candidates,
                                        std::size_t max_edits = 3);

}  // namespace nunchi::config
