// The emotions of a prediction, most probable first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "classifier/api/prediction.hpp"

namespace nunchi::cli {

/// All seven; equal probabilities keep the order of the emotions.
std::vector<api::Emotion> ranked(const api::Prediction& prediction);

/// "행복 87.1 % · 놀람 5.0 % · 중립 3.1 %"
std::string describe_ranking(const api::Prediction& prediction, std::size_t count);

}  // namespace nunchi::cli
