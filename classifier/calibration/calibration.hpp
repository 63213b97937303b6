// From logits to a Prediction: a temperature that makes the probabilities honest, and a threshold per
// emotion below which the model abstains.
#pragma once

#include <array>
#include <span>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::calibration {

/// The defaults leave the model as it is: plain softmax, never abstaining.
struct Calibration {
    float temperature = 1.0F;                            // logits are divided by it; inside of (0.01, 100)
    std::array<float, api::kEmotionCount> thresholds{};  // by Emotion, each in [0, 1]
};

/// The same values when they lie in their ranges; otherwise bad_format with the name of the first that fails.
api::outcome<Calibration> validated(const Calibration& calibration);

/// Fills out.logits, out.probabilities with softmax(logits / temperature), and out.label with the most
/// probable emotion (the first index wins a tie), or with nothing when its probability is below its
/// threshold. logits: by Emotion, and finite: the caller checks, as others give NaN. The calibration is
/// valid. Source: Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017), section 4.2.
void apply(const Calibration& calibration, std::span<const float, api::kEmotionCount> logits,
           api::Prediction& out);

}  // namespace nunchi::calibration
