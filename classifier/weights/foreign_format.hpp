// Files that people take for weights and that are something else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace nunchi::weights {

/// What the reader that asks can read.
enum class WeightsFormat : std::uint8_t { safetensors, torch };

/// What the file is, by its first bytes, and what to do about it; nothing when it is not one of the known
/// ones, or in the wanted format.
std::optional<std::string_view> describe_foreign_format(std::span<const std::byte> file,
                                                        WeightsFormat wanted);

/// Whether the file begins as safetensors files do, and only they: with a length below 4 GiB and a brace.
bool looks_like_safetensors(std::span<const std::byte> file);

}  // namespace nunchi::weights
