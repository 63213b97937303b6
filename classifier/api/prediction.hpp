// What the classifier answers.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "classifier/api/emotion.hpp"

namespace nunchi::api {

/// How long each step took.
struct Timings {
    std::chrono::nanoseconds tokenization{};  // normaliser and tokenizer
    std::chrono::nanoseconds queue{};         // from being admitted to the start of the batch
    std::chrono::nanoseconds inference{};     // of the whole batch that the message was part of
};

struct Prediction {
    std::array<float, kEmotionCount> probabilities{};  // by Emotion; they add up to 1
    /// By Emotion, before the temperature; nothing where a remote classifier does not tell them.
    std::optional<std::array<float, kEmotionCount>> logits;
    std::optional<Emotion> label;  // nothing: the model abstains
    std::string model_id;          // the model folder's name and the start of its hash
    std::size_t token_count = 0;   // with [CLS] and [SEP]
    Timings timings;

    /// The most probable emotion, also when the model abstains; the first index wins a tie.
    Emotion top() const;
};

}  // namespace nunchi::api
