// The answer of a remote classifier to a batch, read without trust.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "bot/remote/server_info.hpp"
#include "classifier/api/error.hpp"

namespace nunchi::remote {

using Probabilities = std::array<float, api::kEmotionCount>;  // by Emotion

/// Reads [[{"score": 0.99, "label": "행복"}, …], …]: `texts` lists, in the order of the texts that were sent,
/// each with all seven labels in any order and probabilities that add up to 1 within 0.02. A Failure says
/// what is missing or strange. Pure; never throws.
api::outcome<std::vector<Probabilities>> parse_predict_response(std::string_view body,
                                                                const EmotionOfLabel& labels,
                                                                std::size_t texts);

}  // namespace nunchi::remote
