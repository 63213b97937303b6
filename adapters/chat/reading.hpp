// A prediction in the words of its reader.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nunchi::chat {

struct EmotionScore {
    std::string id;    // "happiness": the same in every language
    std::string name;  // "행복" or "happiness", by the reader's locale
    float probability = 0;
};

/// What was read out of one message.
struct Reading {
    std::vector<EmotionScore> scores;  // all seven, the most probable first; they add up to 1
    bool abstained = false;            // no emotion was probable enough to be named
    std::string model_id;
    std::chrono::microseconds elapsed{};  // from the message's coming in to the answer's going out
};

/// One word of an explained message. The bytes are those of the text that came with the question.
struct WordWeight {
    std::size_t begin = 0;  // byte offsets, the end excluded
    std::size_t end = 0;
    float weight = 0;  // how much the named emotion's probability falls without the word; may be negative
};

}  // namespace nunchi::chat
