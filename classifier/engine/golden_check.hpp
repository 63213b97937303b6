// Repeats the sentences that a model folder records, before the model serves.
#pragma once

#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/model/emotion_model.hpp"
#include "classifier/model_folder/manifest.hpp"
#include "classifier/text/text_encoder.hpp"

namespace nunchi::engine {

/// The golden sentences of a new folder, as this build answers them.
std::vector<model_folder::Golden> record_golden(const text::TextEncoder& encoder,
                                                const model::EmotionModel& model,
                                                const calibration::Calibration& calibration);

/// A Failure when this build's tokenizer gives other ids for a recorded sentence.
api::outcome<void> check_golden_ids(const model_folder::Manifest& manifest, const text::TextEncoder& encoder);

/// A Failure when a probability for the recorded ids differs by more than kGoldenTolerance.
api::outcome<void> check_golden_probabilities(const model_folder::Manifest& manifest,
                                              const model::EmotionModel& model);

}  // namespace nunchi::engine
