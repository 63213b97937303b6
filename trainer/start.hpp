// What training starts from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "classifier/api/added_token.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "classifier/text/text_encoder.hpp"

namespace nunchi::trainer {

struct StartOptions {
    std::filesystem::path base;       // a model folder; empty: random weights
    std::filesystem::path spiece;     // the vocabulary of random weights
    model_folder::BertConfig config;  // the architecture of random weights
    bool uses_normaliser = true;      // false: text as it stands, as the notebook takes it
    std::size_t max_tokens = 64;      // of a sentence, with [CLS] and [SEP]
    std::uint32_t seed = 34;          // of random weights
};

struct Start {
    model_folder::BertConfig config;
    model::BertWeights weights;
    std::filesystem::path spiece;
    std::vector<api::AddedToken> added_tokens;
    nlohmann::ordered_json base;  // hash and provenance of the base model, or "random weights"
};

/// An encoder without a head. A Failure names what is missing or broken in the base folder or the vocabulary.
api::outcome<Start> start_encoder(const StartOptions& options);

/// The same with a head for the seven emotions: the base's own when it has exactly these, else a new one.
api::outcome<Start> start_classifier(const StartOptions& options);

/// The text encoder that the new model will be served with. A Failure when it could yield positions or ids
/// that the model does not have.
api::outcome<text::TextEncoder> create_encoder(const StartOptions& options, const Start& start);

}  // namespace nunchi::trainer
