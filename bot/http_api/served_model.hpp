// The model that the API answers with.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/api/classifier.hpp"
#include "classifier/api/emotion.hpp"

namespace nunchi::http_api {

/// Immutable while it is served; a swap puts another one in its place, and requests under way keep theirs.
struct ServedModel {
    std::shared_ptr<api::Classifier> classifier;

    /// The model's tokenizer without a limit on the number of ids, and what takes them. Only requests with
    /// `truncate: false` or `truncation_direction: "left"` need them; both are empty where the classifier is
    /// remote and its tokenizer is not here, and such requests are then refused.
    std::function<api::Encoded(std::string_view)> encode_whole;
    std::shared_ptr<api::TokenClassifier> tokens;

    std::string id;                        // "starter@1a2b3c4d5e6f"
    std::optional<std::string> sha;        // SHA-256 of the weights
    std::string dtype = "float32";         // as PyTorch names it
    std::string compute_type = "cpu";      // the header x-compute-type: "cpu", "cuda", "remote"
    std::size_t max_input_length = 64;     // tokens of a text, with [CLS] and [SEP]
    std::size_t max_batch_tokens = 1024;   // of one forward pass
    std::size_t max_batch_requests = 256;  // texts of one forward pass

    /// By Emotion: the label's name and its id in the model folder's id2label, and the probability below
    /// which the model abstains.
    std::array<std::string, api::kEmotionCount> labels;
    std::array<std::size_t, api::kEmotionCount> label_ids{0, 1, 2, 3, 4, 5, 6};
    std::array<float, api::kEmotionCount> thresholds{};
};

}  // namespace nunchi::http_api
