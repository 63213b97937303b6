// config.json of a Hugging Face BERT folder (transformers' BertConfig).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::model_folder {

struct BertConfig {
    std::int64_t vocab_size = 8002;
    std::int64_t hidden_size = 768;
    std::int64_t num_hidden_layers = 12;
    std::int64_t num_attention_heads = 12;
    std::int64_t intermediate_size = 3072;
    std::int64_t max_position_embeddings = 512;
    std::int64_t type_vocab_size = 2;
    std::int64_t pad_token_id = 1;
    double layer_norm_eps = 1e-12;
    double hidden_dropout_prob = 0.1;
    double attention_probs_dropout_prob = 0.1;
    double initializer_range = 0.02;
    std::vector<std::string> labels;  // id2label by id; empty: the folder holds an encoder without a head

    std::int64_t head_size() const { return hidden_size / num_attention_heads; }
};

/// Every wrong field is named in one Failure. Only absolute positions and the erf form of GELU are supported.
api::outcome<BertConfig> parse_bert_config(std::string_view text);

/// As transformers writes it for BertForSequenceClassification.
std::string to_json(const BertConfig& config);

}  // namespace nunchi::model_folder
