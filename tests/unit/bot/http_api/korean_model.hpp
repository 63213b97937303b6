// A served model with Korean labels, for tests of what stands around a classifier.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "bot/http_api/served_model.hpp"

namespace nunchi::http_api {

inline ServedModel korean_model(std::shared_ptr<api::Classifier> classifier = nullptr) {
    ServedModel model;
    model.classifier = std::move(classifier);
    model.id = "starter@0123456789ab";
    std::ranges::transform(api::kEmotions, model.labels.begin(),
                           [](api::Emotion emotion) { return std::string(api::korean_name(emotion)); });
    return model;
}

/// `probability` for the emotion, the rest shared out evenly; 5 tokens.
inline api::Prediction prediction_of(api::Emotion emotion, float probability = 0.7F) {
    api::Prediction prediction;
    prediction.probabilities.fill((1 - probability) / 6);
    prediction.probabilities[api::index_of(emotion)] = probability;
    prediction.label = emotion;
    prediction.token_count = 5;
    return prediction;
}

}  // namespace nunchi::http_api
