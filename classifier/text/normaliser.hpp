// Turns chat into text that KoBERT's vocabulary can read: what was written, less the ways of writing it.
// docs/normaliser.md lists every rule with an example, and a test runs that table.
#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text {

/// Recorded by each model; a model is served with the version that it was trained with.
/// Version 0 means no normaliser: the text is taken as it stands. Any change of an output raises the number.
inline constexpr int kNormaliserVersion = 1;

/// Nothing behind this many code points is read, which bounds the time whatever the input.
inline constexpr std::size_t kMaxCodePoints = 4096;

struct ConceptToken {
    std::string_view token;     // The literal that a model folder may declare as an added token.
    std::string_view fallback;  // Written instead where it is not declared; may be empty.
    std::string_view meaning;  // Words, separated by spaces, whose mean is a start for the token's embedding.
};

/// All tokens that the normaliser may write, in a fixed order (that of Concept).
std::span<const ConceptToken> concept_tokens();

/// A pure function from chat text to normalised text; safe to share between threads.
class Normaliser {
public:
    /// `declared_tokens`: the model folder's added tokens; those that are no concept token are ignored.
    explicit Normaliser(const std::set<std::string>& declared_tokens);

    /// Takes any bytes and gives well-formed UTF-8 without leading, trailing or doubled spaces, of at most
    /// 16 bytes for each code point read. May be empty. Apply it once: a second run would break the
    /// tokens of the first, since it cannot tell them from a user's forgery.
    std::string operator()(std::string_view utf8) const;

private:
    std::string render(std::u32string_view text) const;

    std::array<std::string_view, kConceptCount> written_;  // Token or fallback, by Concept.
};

/// Hangul syllables, precomposed or as conjoining jamo (an initial and a vowel make one); lone jamo do not
/// count.
std::size_t hangul_syllables(std::string_view utf8);

/// Letters of any script, a decomposed Hangul syllable being one. With hangul_syllables: how Korean a text
/// is.
std::size_t letters(std::string_view utf8);

}  // namespace nunchi::text
