#include "classifier/api/prediction.hpp"

#include <algorithm>

namespace nunchi::api {

Emotion Prediction::top() const {
    const auto best = std::max_element(probabilities.begin(), probabilities.end());
    return kEmotions[static_cast<std::size_t>(best - probabilities.begin())];
}

}  // namespace nunchi::api
