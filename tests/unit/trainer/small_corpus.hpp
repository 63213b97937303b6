// A task that a small network learns in seconds: which of seven words stands in a sentence of random ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "classifier/model_folder/bert_config.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {

inline model_folder::BertConfig tiny_config() {
    model_folder::BertConfig config;
    config.vocab_size = 60;
    config.hidden_size = 16;
    config.num_hidden_layers = 1;
    config.num_attention_heads = 2;
    config.intermediate_size = 32;
    config.max_position_embeddings = 16;
    config.initializer_range = 0.1;
    for (const auto emotion : api::kEmotions) config.labels.emplace_back(api::korean_name(emotion));
    return config;
}

inline TrainingSet seven_words(std::size_t rows, unsigned seed) {
    std::mt19937 random(seed);
    TrainingSet set;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto emotion = row % api::kEmotionCount;
        std::vector<std::int32_t> ids{2};
        for (std::size_t i = 0; i < 3 + random() % 4; ++i)
            ids.push_back(20 + static_cast<std::int32_t>(random() % 40));
        ids[1 + random() % (ids.size() - 1)] = 10 + static_cast<std::int32_t>(emotion);
        ids.push_back(3);
        set.ids.push_back(std::move(ids));
        set.labels.push_back(api::kEmotions[emotion]);
    }
    return set;
}

}  // namespace nunchi::trainer
