// Whether somebody said something in Korean.
#pragma once

#include <string_view>

namespace nunchi::pipeline {

/// True when a complete Hangul syllable, or two jamo as chat uses them (ㅋㅋ, ㅠㅠ, ㄷㄷ, ㅇㅇ), are left
/// after links, code, mentions and emoji names are taken away. UTF-8 of any content. Looks at the first 16
/// KiB, which are all that the classifier's 4,096 code points can take.
bool has_korean(std::string_view text);

}  // namespace nunchi::pipeline
