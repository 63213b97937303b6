// Which number format is worth its rounding on this machine: measured, not guessed from the CPU's flags.
#pragma once

#include <memory>

#include "classifier/api/error.hpp"
#include "classifier/engine/engine.hpp"
#include "classifier/model/emotion_model.hpp"

namespace nunchi::engine {

struct ModelInPrecision {
    std::shared_ptr<const model::EmotionModel> model;
    model::Precision precision = model::Precision::fp32;
};

/// The model in the precision that the options name. For "auto" both are loaded and timed (for well under a
/// second with a small model, about three with KoBERT's shape): bf16 serves when it is clearly faster in
/// bulk, not slower for a single message, and moves no probability by more than kGoldenTolerance. Throws
/// c10::Error.
api::outcome<ModelInPrecision> load_in_precision(const model_folder::ModelFolder& folder,
                                                 const at::Device& device, const Options& options);

}  // namespace nunchi::engine
