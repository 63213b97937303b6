// Sentences whose ids and probabilities a model folder records, to notice a change of tokenizer, weights or
// arithmetic.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/emotion.hpp"

namespace nunchi::model_folder {

struct Golden {
    std::string text;
    std::vector<std::int32_t> ids;                          // [CLS] pieces [SEP]
    std::array<float, api::kEmotionCount> probabilities{};  // by Emotion
};

/// Largest difference of a probability that counts as the same: other kernels round differently, in any
/// precision.
inline constexpr float kGoldenTolerance = 0.02F;

/// What a new folder records: everyday sentences with laughter, tears, emoji, a mention and a link among
/// them.
std::span<const std::string_view> golden_texts();

}  // namespace nunchi::model_folder
