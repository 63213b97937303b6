// What Text Embeddings Inference answers, as its source writes it (router/src/lib.rs,
// router/src/http/types.rs), for a model of the seven emotions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "classifier/api/emotion.hpp"

namespace nunchi::remote {

inline nlohmann::json info_answer(const std::vector<std::string>& labels = {"공포", "놀람", "분노", "슬픔",
                                                                            "중립", "행복", "혐오"}) {
    nlohmann::json info = {{"model_id", "kobert-emotion"},
                           {"model_sha", "fca14538aa9956a46526bd1d0d11d69e19b5a101"},
                           {"model_dtype", "float16"},
                           {"max_concurrent_requests", 512},
                           {"max_input_length", 512},
                           {"max_batch_tokens", 16384},
                           {"max_batch_requests", nullptr},
                           {"max_client_batch_size", 32},
                           {"auto_truncate", false},
                           {"tokenization_workers", 8},
                           {"version", "1.7.0"},
                           {"sha", nullptr},
                           {"docker_label", nullptr}};
    for (std::size_t id = 0; id < labels.size(); ++id) {
        info["model_type"]["classifier"]["id2label"][std::to_string(id)] = labels[id];
        info["model_type"]["classifier"]["label2id"][labels[id]] = id;
    }
    return info;
}

/// One text's list: 0.4 for the emotion, 0.1 for the others; sorted as the server does.
inline nlohmann::json scores_answer(api::Emotion emotion) {
    auto list = nlohmann::json::array();
    list.push_back({{"score", 0.4}, {"label", api::korean_name(emotion)}});
    for (const auto other : api::kEmotions) {
        if (other != emotion) list.push_back({{"score", 0.1}, {"label", api::korean_name(other)}});
    }
    return list;
}

}  // namespace nunchi::remote
