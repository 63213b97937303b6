#include "classifier/model/kobert_check.hpp"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "classifier/model/bert.hpp"

namespace nunchi::model {
namespace {

constexpr std::array<std::int32_t, 3> kIds{31, 51, 99};
constexpr std::array<std::int32_t, 3> kTypes{0, 0, 1};

// Per token the first three and the last three of 768 values.
constexpr std::array<std::array<double, 6>, 3> kPublished{{
    {-0.24610452, 0.24282141, 0.25895312, -0.48613444, -0.07305173, 0.07560554},
    {-0.24783179, 0.24200465, 0.25520486, -0.4877185, -0.0727044, 0.07536091},
    {-0.24721591, 0.24196623, 0.2560626, -0.48743123, -0.07326943, 0.07650235},
}};

}  // namespace

bool has_kobert_shape(const model_folder::BertConfig& config) {
    return config.num_hidden_layers == 12 && config.hidden_size == 768 && config.num_attention_heads == 12 &&
           config.intermediate_size == 3072 && config.vocab_size == 8002 && config.type_vocab_size == 2;
}

double difference_from_published_kobert(const BertWeights& weights, const model_folder::BertConfig& config) {
    const c10::InferenceMode inference;
    const Message message{kIds, kTypes};
    const auto batch = pack(std::span(&message, 1), weights.word_embeddings.device());
    const auto result = forward(weights, config, batch, {.dropout = {}, .all_tokens = true});
    const auto hidden = result.hidden.to(at::kCPU, at::kFloat).contiguous();
    const auto rows = hidden.accessor<float, 2>();
    double largest = 0;
    for (std::int64_t token = 0; token < 3; ++token) {
        for (std::int64_t i = 0; i < 6; ++i) {
            const auto column = i < 3 ? i : config.hidden_size - 6 + i;
            const auto expected = kPublished[static_cast<std::size_t>(token)][static_cast<std::size_t>(i)];
            const auto difference = std::abs(static_cast<double>(rows[token][column]) - expected);
            // std::max would let NaN pass for no difference.
            if (!std::isfinite(difference)) return std::numeric_limits<double>::infinity();
            largest = std::max(largest, difference);
        }
    }
    return largest;
}

}  // namespace nunchi::model
