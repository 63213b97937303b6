// The forward pass of BERT over packed tokens, the same for inference and for training.
//
// Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", arXiv 1810.04805; parity with
// BertForSequenceClassification of Hugging Face transformers, post-norm, erf GELU.
#pragma once

#include <ATen/core/Tensor.h>

#include "classifier/model/bert_weights.hpp"
#include "classifier/model/packed_batch.hpp"
#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::model {

/// Rates of the dropout layers; all 0 for inference.
struct Dropout {
    double hidden = 0;      // after the embeddings and after both sub-layers
    double attention = 0;   // on the attention probabilities
    double classifier = 0;  // between pooler and head
};

struct ForwardOptions {
    Dropout dropout;
    bool all_tokens =
        false;  // also the last layer's rows of the other tokens; else only [CLS] rows are computed there
};

struct ForwardResult {
    at::Tensor hidden;  // [tokens, hidden] with all_tokens, else [messages, hidden]: the [CLS] rows
    at::Tensor pooled;  // [messages, hidden]
    at::Tensor logits;  // [messages, labels]; undefined for an encoder without a head
};

/// Gradients flow when a weight requires them; hold a c10::InferenceMode guard otherwise.
/// Ids, types and positions must lie inside of the embedding tables (see check_message).
ForwardResult forward(const BertWeights& weights, const model_folder::BertConfig& config,
                      const PackedBatch& batch, const ForwardOptions& options = {});

}  // namespace nunchi::model
