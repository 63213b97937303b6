// The tensors of a BERT classifier, as the forward pass uses them: query, key and value fused into one
// matrix.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

#include "classifier/model_folder/bert_config.hpp"

namespace nunchi::model {

struct Linear {
    at::Tensor weight;  // [out, in]; undefined once `packed` has taken its place
    at::Tensor bias;    // [out]
    at::Tensor packed;  // oneDNN's layout of weight; undefined for training and on a GPU
};

struct LayerNorm {
    at::Tensor weight;  // [hidden]
    at::Tensor bias;    // [hidden]
};

struct EncoderLayer {
    Linear qkv;  // [3 * hidden, hidden]: query, key, value
    Linear attention_output;
    LayerNorm attention_norm;
    Linear intermediate;
    Linear output;
    LayerNorm output_norm;
};

struct BertWeights {
    at::Tensor word_embeddings;        // [vocab, hidden]
    at::Tensor position_embeddings;    // [positions, hidden]
    at::Tensor token_type_embeddings;  // [types, hidden]
    LayerNorm embedding_norm;
    std::vector<EncoderLayer> layers;
    Linear pooler;      // [hidden, hidden]
    Linear classifier;  // [labels, hidden]; undefined in an encoder without a head
};

/// One tensor of a Hugging Face file and where it lies in our tensors.
struct NamedSlot {
    std::string name;                 // "bert.encoder.layer.0.attention.self.key.weight"
    at::Tensor* tensor;               // the tensor of ours that holds it
    std::int64_t first_row;           // key starts at row `hidden` of qkv; 0 for most
    std::vector<std::int64_t> shape;  // the shape in the file
};

/// Every tensor of the file format, in the order of the network. The pointers are valid as long as `weights`
/// is neither moved nor resized; its layers are created here when missing.
std::vector<NamedSlot> named_slots(BertWeights& weights, const model_folder::BertConfig& config);

/// The tensors to train, each once (qkv fused), with the Hugging Face names that they hold.
struct NamedParameter {
    std::string name;
    at::Tensor* tensor;
};
std::vector<NamedParameter> parameters(BertWeights& weights);

/// Allocates every tensor, fp32 on the CPU, with undefined content.
BertWeights empty_weights(const model_folder::BertConfig& config);

/// Calls `change` with every tensor that is defined and keeps what it returns, for example on another device.
void transform(BertWeights& weights, const std::function<at::Tensor(const at::Tensor&)>& change);

/// Reorders the weights of all linear layers for oneDNN where that is possible and drops the plain ones.
void prepack(BertWeights& weights, std::int64_t expected_rows);

}  // namespace nunchi::model
