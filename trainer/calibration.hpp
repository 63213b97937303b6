// Fits what a model folder says about its own probabilities, on rows that neither trained nor test the model.
#pragma once

#include <array>
#include <span>

#include "classifier/api/emotion.hpp"
#include "trainer/answers.hpp"

namespace nunchi::trainer {

/// Temperatures outside are not sought: rows without a single error would ask for 0, constant logits for
/// infinity.
inline constexpr double kLeastTemperature = 0.2;
inline constexpr double kMostTemperature = 10;

/// Mean negative log-likelihood of the labels under softmax(logits / temperature), in nats; 0 of no rows.
double negative_log_likelihood(std::span<const Logits> logits, std::span<const api::Emotion> truth,
                               double temperature);

/// The temperature that minimises it, within the limits above; 1 of no rows. The likelihood is convex in
/// 1 / temperature, so this is the only minimum. Source: Guo et al., ICML 2017, section 4.2.
double fit_temperature(std::span<const Logits> logits, std::span<const api::Emotion> truth);

/// By Emotion: the smallest confidence from which on answers with this emotion are right in at least the
/// share `precision` of the given rows; halfway to the next smaller one, so that rounding on another machine
/// changes no answer. 0 where all of them are, or the emotion is never answered; 1, which abstains from
/// nearly everything, where no confidence suffices. `answers` are of the calibrated model.
std::array<float, api::kEmotionCount> fit_thresholds(std::span<const Answer> answers, double precision);

}  // namespace nunchi::trainer
