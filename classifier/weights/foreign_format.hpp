// Files that people take for safetensors and that are something else.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace nunchi::weights {

/// What the file is, by its first bytes, and what to do about it; nothing when it is not one of the known
/// ones.
std::optional<std::string_view> describe_foreign_format(std::span<const std::byte> file);

}  // namespace nunchi::weights
