// The normaliser's first passes: one way to write each character.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::text::chat {

/// Canonical composition (NFC), so that later passes see 가 however it was sent. Behind a letter at most four
/// combining marks stay, which spares the quadratic ordering of "zalgo" text.
std::u32string compose(std::u32string_view text);

/// Folds what SentencePiece's NFKC would fold anyway but later passes must see (full-width forms, half-width
/// and conjoining jamo, clusters such as ㄳ, dots), drops invisible characters, turns control characters and
/// odd spaces into spaces (line ends stay as U+000A) and emoji into concepts.
std::u32string fold(std::u32string_view composed);

}  // namespace nunchi::text::chat
