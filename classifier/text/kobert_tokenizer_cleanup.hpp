// Steps 2 to 4 of KoBERTTokenizer: what it does to text before SentencePiece sees it.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::text {

/// Any bytes to UTF-8, in one pass and linear time: ill-formed sequences become U+FFFD; runs of white space
/// (the set of Python's str.isspace) become one space and the ends are stripped; `` and '' become "; then
/// NFKD without the code points whose combining class is not 0 (e with acute → e, 가 with dakuten → 가).
/// Source: XLNetTokenizer.preprocess_text of transformers 4.57.6 with remove_space and without keep_accents.
/// Hangul syllables come back composed, which SentencePiece's nmt_nfkc takes as it takes their jamo, unless a
/// conjoining vowel or final follows that composes with them.
std::string clean_like_kobert(std::string_view text);

}  // namespace nunchi::text
