// What two spellings of the same sentence have in common.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::data {

/// NFKC, and of that only Hangul syllables, Latin letters and digits: white space, punctuation, lone jamo and
/// emoji do not tell sentences apart. Empty for a sentence of nothing else. Broken UTF-8 stays as it is.
std::string group_key(std::string_view text);

}  // namespace nunchi::data
