#include "classifier/model/bert.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros.h>

#include "classifier/model/prepacked_linear.hpp"

namespace nunchi::model {
namespace {

at::Tensor apply(const Linear& linear, const at::Tensor& x, Activation activation = Activation::none) {
    if (linear.packed.defined()) return prepacked_linear(x, linear.packed, linear.bias, activation);
    auto y = at::linear(x, linear.weight, linear.bias);
    return activation == Activation::gelu ? at::gelu(y, "none") : y;
}

at::Tensor apply(const LayerNorm& norm, const at::Tensor& x, double eps) {
    return at::layer_norm(x, norm.weight.sizes(), norm.weight, norm.bias, eps);
}

at::Tensor drop(const at::Tensor& x, double rate) {
    return rate > 0 ? at::dropout(x, rate, true) : x;
}

at::Tensor embed(const BertWeights& weights, const model_folder::BertConfig& config,
                 const PackedBatch& batch) {
    auto sum = at::embedding(weights.word_embeddings, batch.ids);
    sum = sum + at::embedding(weights.token_type_embeddings, batch.token_types);
    sum = sum + at::embedding(weights.position_embeddings, batch.positions);
    return apply(weights.embedding_norm, sum, config.layer_norm_eps);
}

/// Attention of one group of equally long messages: qkv [tokens, 3 * hidden] → [messages * rows, hidden],
/// where rows is the message length, or 1 when only the [CLS] token asks.
at::Tensor attend(const at::Tensor& qkv, const LengthGroup& group, const model_folder::BertConfig& config,
                  double dropout, bool only_cls) {
    const auto end = group.first_token + group.messages * group.length;
    const auto parts =
        qkv.slice(0, group.first_token, end)
            .view({group.messages, group.length, 3, config.num_attention_heads, config.head_size()})
            .permute({2, 0, 3, 1, 4});  // [3, messages, heads, length, head size]
    const auto query = only_cls ? parts[0].slice(2, 0, 1) : parts[0];
    const auto context = at::scaled_dot_product_attention(query, parts[1], parts[2], std::nullopt, dropout);
    return context.transpose(1, 2).reshape({-1, config.hidden_size});
}

at::Tensor attend(const at::Tensor& qkv, const PackedBatch& batch, const model_folder::BertConfig& config,
                  double dropout, bool only_cls) {
    std::vector<at::Tensor> contexts;
    contexts.reserve(batch.groups.size() + 1);
    for (const auto& group : batch.groups) contexts.push_back(attend(qkv, group, config, dropout, only_cls));
    const auto unread = only_cls ? batch.cls_rows.size(0) - batch.messages : batch.ids.size(0) - batch.tokens;
    if (unread > 0) contexts.push_back(at::zeros({unread, config.hidden_size}, qkv.options()));
    return contexts.size() == 1 ? contexts.front() : at::cat(contexts);
}

at::Tensor encode_layer(const EncoderLayer& layer, const model_folder::BertConfig& config,
                        const PackedBatch& batch, const Dropout& dropout, const at::Tensor& x,
                        bool only_cls) {
    const auto context = attend(apply(layer.qkv, x), batch, config, dropout.attention, only_cls);
    const auto residual = only_cls ? at::index_select(x, 0, batch.cls_rows) : x;
    const auto attended =
        apply(layer.attention_norm, residual + drop(apply(layer.attention_output, context), dropout.hidden),
              config.layer_norm_eps);
    const auto inner = apply(layer.intermediate, attended, Activation::gelu);
    return apply(layer.output_norm, attended + drop(apply(layer.output, inner), dropout.hidden),
                 config.layer_norm_eps);
}

}  // namespace

ForwardResult forward(const BertWeights& weights, const model_folder::BertConfig& config,
                      const PackedBatch& batch, const ForwardOptions& options) {
    auto x = drop(embed(weights, config, batch), options.dropout.hidden);
    for (const auto& layer : weights.layers) {
        const bool is_last = &layer == &weights.layers.back();
        x = encode_layer(layer, config, batch, options.dropout, x, is_last && !options.all_tokens);
    }
    const auto cls = options.all_tokens ? at::index_select(x, 0, batch.cls_rows) : x;
    auto pooled = at::tanh(apply(weights.pooler, cls));
    if (weights.classifier.bias.defined()) pooled = pooled.to(weights.classifier.bias.scalar_type());
    ForwardResult result;
    result.hidden = x.slice(0, 0, options.all_tokens ? batch.tokens : batch.messages);
    result.pooled = pooled.slice(0, 0, batch.messages);
    if (weights.classifier.bias.defined()) {
        const auto logits = apply(weights.classifier, drop(pooled, options.dropout.classifier));
        result.logits = logits.slice(0, 0, batch.messages);
    }
    return result;
}

}  // namespace nunchi::model
