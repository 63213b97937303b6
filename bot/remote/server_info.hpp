// What a remote classifier says about itself: GET /info of Nunchi and of Text Embeddings Inference.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"

namespace nunchi::remote {

/// The server's labels.
using EmotionOfLabel = std::map<std::string, api::Emotion, std::less<>>;

struct ServerInfo {
    std::string model_id;
    EmotionOfLabel labels;  // seven, one per emotion
    std::size_t max_client_batch_size = 32;
    std::size_t max_input_length = 0;                       // tokens of a text; 0: the server does not say
    std::array<float, api::kEmotionCount> abstain_below{};  // by Emotion; a Nunchi tells it, others are all 0
};

/// Maps id2label by name, Korean or English; LABEL_0 to LABEL_6 are taken in the original notebook's order.
/// A Failure says what the server lacks: a classifier, one of the seven emotions, JSON. Pure; never throws.
api::outcome<ServerInfo> parse_server_info(std::string_view body);

}  // namespace nunchi::remote
