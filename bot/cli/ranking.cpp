#include "bot/cli/ranking.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace nunchi::cli {

std::vector<api::Emotion> ranked(const api::Prediction& prediction) {
    std::vector<api::Emotion> emotions(api::kEmotions.begin(), api::kEmotions.end());
    std::stable_sort(emotions.begin(), emotions.end(), [&](api::Emotion a, api::Emotion b) {
        return prediction.probabilities[api::index_of(a)] > prediction.probabilities[api::index_of(b)];
    });
    return emotions;
}

std::string describe_ranking(const api::Prediction& prediction, std::size_t count) {
    std::string text;
    const auto emotions = ranked(prediction);
    for (std::size_t i = 0; i < std::min(count, emotions.size()); ++i) {
        std::array<char, 32> percent{};
        const auto probability = static_cast<double>(prediction.probabilities[api::index_of(emotions[i])]);
        std::snprintf(percent.data(), percent.size(), " %.1f %%", probability * 100);
        text += (i == 0 ? "" : " · ") + std::string(api::korean_name(emotions[i])) + percent.data();
    }
    return text;
}

}  // namespace nunchi::cli
