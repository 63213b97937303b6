// Is this the encoder that SKT published?
#pragma once

#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::model {

/// Whether the configuration has KoBERT-base's shape: 12 layers of 768, 12 heads, 8002 pieces.
bool has_kobert_shape(const model_folder::BertConfig& config);

/// The largest absolute difference between the encoder's output and the values in the README of
/// SKTBrain/KoBERT (ids [31, 51, 99], types [0, 0, 1]; 18 values of the last layer). Below 1e-4 in fp32 the
/// encoder is the published one; a fine-tuned encoder differs. The configuration must have KoBERT's shape.
double difference_from_published_kobert(const BertWeights& weights, const model_folder::BertConfig& config);

inline constexpr double kPublishedKobertTolerance = 1e-4;

}  // namespace nunchi::model
