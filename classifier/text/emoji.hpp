// Finds emoji in text and says what they mean.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text {

struct EmojiCluster {
    std::size_t length;  // Code points; 0: no emoji here.
    Concept meaning;
};

/// The emoji that begins at `text[at]` with all that belongs to it: variation selector, skin tone, what
/// zero-width joiners tie to it, tags, a second regional indicator, a keycap (Unicode TR 51).
EmojiCluster read_emoji(std::u32string_view text, std::size_t at);

/// The feeling that an emoji shows, for the ones that show one; hearts, notes and the like included.
std::optional<Concept> feeling_of_emoji(char32_t emoji);

/// The meaning of an emoji's name: `joy`, `broken_heart`, but also a server's own ones: `pepeLaugh`,
/// `blobcry2`.
std::optional<Concept> feeling_of_emoji_name(std::u32string_view name);

}  // namespace nunchi::text
