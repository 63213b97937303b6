// Answers of a model that never was, for tests of the figures.
#pragma once

#include <cstddef>
#include <vector>

#include "trainer/answers.hpp"

namespace nunchi::trainer::testing {

/// The other emotions share what `confidence` leaves.
inline Answer answer(float confidence, bool is_right, api::Emotion emotion = api::Emotion::anger) {
    Answer made;
    const auto index = api::index_of(emotion);
    for (std::size_t i = 0; i < api::kEmotionCount; ++i) {
        made.probabilities[i] = (1 - confidence) / (api::kEmotionCount - 1);
    }
    made.probabilities[index] = confidence;
    made.emotion = emotion;
    made.truth = is_right ? emotion : api::kEmotions[(index + 1) % api::kEmotionCount];
    made.confidence = confidence;
    return made;
}

}  // namespace nunchi::trainer::testing
