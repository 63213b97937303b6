// Hangul letters that stand outside of syllables: laughter, tears, initials of words, stretched sounds.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::text::chat {

/// Replaces ㅠ and ㅜ, ㄷㄷ, ㅉㅉ by concepts and initials by words, tidies laughter, drops stretched
/// letters. A consonant and a vowel that belong together become a syllable; others get a space between them,
/// so that NFKC composes nothing by accident (ㅋㅠ to 큐) in what is returned.
std::u32string replace_jamo(std::u32string_view text);

/// A run of consonants as words, concepts and laughter; as it is where that does not come out even.
/// `after_syllable`, `before_syllable`: whether the run touches one. The result ends in a space
/// where a syllable must not be glued to it.
std::u32string read_consonants(std::u32string_view run, bool after_syllable, bool before_syllable);

}  // namespace nunchi::text::chat
