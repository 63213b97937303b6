// A SentencePiece character map ("precompiled_charsmap"): its check and its lookup.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nunchi::text {

/// Whether every walk through the map stays inside of it. Layout: 4 bytes little-endian size of the trie, the
/// trie (a Darts-clone double array of 4-byte units), then the replacements, each ended by NUL; a leaf of the
/// trie holds the offset of its replacement. SentencePiece walks it unchecked. Linear time.
bool is_sound_charsmap(std::string_view charsmap);

/// Finds what SentencePiece's normaliser replaces.
class Charsmap {
public:
    struct Match {
        std::size_t length;            // bytes of text that are replaced
        std::string_view replacement;  // may be empty; points into the map
    };

    /// `bytes` passed is_sound_charsmap, or are empty for a map without entries.
    explicit Charsmap(std::string bytes);

    /// The longest entry that the text has at `at`; nothing when there is none.
    std::optional<Match> longest_match(std::string_view text, std::size_t at) const;

private:
    std::string bytes_;
    std::size_t trie_size_ = 0;
};

}  // namespace nunchi::text
