// Spellings that KoBERT's vocabulary cannot write, replaced by ones that it can.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {

/// Replaces by the longest entry that begins at each place; what was replaced is not read again.
std::u32string replace_slang(std::u32string_view text);

/// Where an entry counts, by the syllables around it.
enum class Place {
    anywhere,  // 됬 is never right.
    start,     // No syllable before: 걔는, but not a word that ends in 걔.
    end,       // No syllable after.
    whole,     // Neither.
};

struct Slang {
    std::u32string_view from;
    std::u32string_view to;  // Equal to `from` for words that shorter entries must leave alone.
    Place place;
    std::optional<Concept> feeling = std::nullopt;  // Written instead of `to`.
};

std::span<const Slang> slang_entries();

}  // namespace nunchi::text::chat
