// Which words carry an emotion: each is left out once, and what the emotion loses by it is the word's weight.
// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (ECCV 2014), section 4,
// on words in place of image patches.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nunchi::pipeline {

inline constexpr std::size_t kMaxExplainedWords = 40;
/// The classifier reads 4,096 code points.
inline constexpr std::size_t kMaxExplainedBytes = 16 * 1024;

/// Byte offsets, the end excluded.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
};

/// The words of a text, in order, split at white space. Of more than `at_most` words, neighbours are taken
/// together: at_most spans whose word counts differ by one at most.
std::vector<Span> words_of(std::string_view text, std::size_t at_most = kMaxExplainedWords);

/// The text with the span left out.
std::string without(std::string_view text, Span span);

}  // namespace nunchi::pipeline
