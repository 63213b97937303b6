#include "bot/pipeline/reading.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunchi::pipeline {

std::string_view emotion_name(api::Emotion emotion, chat::Locale locale) {
    return locale == chat::Locale::korean ? api::korean_name(emotion) : api::english_name(emotion);
}

chat::Reading reading_of(const std::array<float, api::kEmotionCount>& probabilities, bool abstained,
                         std::string model_id, chat::Locale locale, std::chrono::microseconds elapsed) {
    chat::Reading reading;
    reading.scores.reserve(api::kEmotionCount);
    for (const api::Emotion emotion : api::kEmotions) {
        const float probability = probabilities[api::index_of(emotion)];
        reading.scores.push_back({std::string(api::english_name(emotion)),
                                  std::string(emotion_name(emotion, locale)),
                                  std::isfinite(probability) ? probability : 0.0F});
    }
    std::ranges::stable_sort(reading.scores, std::greater<>(), &chat::EmotionScore::probability);
    reading.abstained = abstained;
    reading.model_id = std::move(model_id);
    reading.elapsed = elapsed;
    return reading;
}

}  // namespace nunchi::pipeline
