// A model's answers to labelled rows, as a server would give them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "classifier/calibration/calibration.hpp"

namespace nunchi::trainer {

using Logits = std::array<float, api::kEmotionCount>;  // by Emotion, before the temperature

struct Answer {
    std::array<float, api::kEmotionCount> probabilities{};  // by Emotion, after the temperature
    api::Emotion truth{};
    api::Emotion emotion{};  // the most probable one; the first wins a tie
    float confidence = 0;    // its probability
    bool is_given = true;    // false: the model abstains, as the confidence is below the emotion's threshold

    bool is_right() const { return emotion == truth; }
};

/// `logits` and `truth` have one entry per row. The logits are finite, the calibration is valid.
std::vector<Answer> answers_of(std::span<const Logits> logits, std::span<const api::Emotion> truth,
                               const calibration::Calibration& calibration);

/// The emotion of every answer, given or not.
std::vector<api::Emotion> emotions_of(std::span<const Answer> answers);

/// Share of the rows whose label is among the `count` most probable emotions; of equal probabilities the
/// first come first.
double top_accuracy(std::span<const Answer> answers, std::size_t count);

}  // namespace nunchi::trainer
