// The last pass: what is said many times says little more than what is said three times.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::text::chat {

/// Caps repeats of one character at three (digits never: 1000 stays 1000), merges equal concepts that stand
/// beside each other, and leaves single spaces.
std::u32string cap_repeats(std::u32string_view text);

}  // namespace nunchi::text::chat
