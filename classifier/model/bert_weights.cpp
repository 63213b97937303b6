#include "classifier/model/bert_weights.hpp"

#include <ATen/ops/empty.h>

#include "classifier/model/prepacked_linear.hpp"

namespace nunchi::model {
namespace {

using Shape = std::vector<std::int64_t>;

class SlotList {
public:
    explicit SlotList(std::vector<NamedSlot>& slots) : slots_(slots) {}

    void tensor(const std::string& name, at::Tensor& tensor, Shape shape, std::int64_t first_row = 0) {
        slots_.push_back({name, &tensor, first_row, std::move(shape)});
    }

    void linear(const std::string& name, Linear& linear, std::int64_t out, std::int64_t in,
                std::int64_t first_row = 0) {
        tensor(name + ".weight", linear.weight, {out, in}, first_row);
        tensor(name + ".bias", linear.bias, {out}, first_row);
    }

    void norm(const std::string& name, LayerNorm& norm, std::int64_t size) {
        tensor(name + ".weight", norm.weight, {size});
        tensor(name + ".bias", norm.bias, {size});
    }

private:
    std::vector<NamedSlot>& slots_;
};

void add_layer(SlotList& list, const std::string& prefix, EncoderLayer& layer,
               const model_folder::BertConfig& config) {
    const auto hidden = config.hidden_size;
    list.linear(prefix + "attention.self.query", layer.qkv, hidden, hidden, 0);
    list.linear(prefix + "attention.self.key", layer.qkv, hidden, hidden, hidden);
    list.linear(prefix + "attention.self.value", layer.qkv, hidden, hidden, 2 * hidden);
    list.linear(prefix + "attention.output.dense", layer.attention_output, hidden, hidden);
    list.norm(prefix + "attention.output.LayerNorm", layer.attention_norm, hidden);
    list.linear(prefix + "intermediate.dense", layer.intermediate, config.intermediate_size, hidden);
    list.linear(prefix + "output.dense", layer.output, hidden, config.intermediate_size);
    list.norm(prefix + "output.LayerNorm", layer.output_norm, hidden);
}

void for_each_linear(BertWeights& weights, const std::function<void(Linear&)>& visit) {
    for (auto& layer : weights.layers) {
        visit(layer.qkv);
        visit(layer.attention_output);
        visit(layer.intermediate);
        visit(layer.output);
    }
    visit(weights.pooler);
    if (weights.classifier.weight.defined()) visit(weights.classifier);
}

}  // namespace

std::vector<NamedSlot> named_slots(BertWeights& weights, const model_folder::BertConfig& config) {
    weights.layers.resize(static_cast<std::size_t>(config.num_hidden_layers));
    const auto hidden = config.hidden_size;
    std::vector<NamedSlot> slots;
    SlotList list(slots);
    list.tensor("bert.embeddings.word_embeddings.weight", weights.word_embeddings,
                {config.vocab_size, hidden});
    list.tensor("bert.embeddings.position_embeddings.weight", weights.position_embeddings,
                {config.max_position_embeddings, hidden});
    list.tensor("bert.embeddings.token_type_embeddings.weight", weights.token_type_embeddings,
                {config.type_vocab_size, hidden});
    list.norm("bert.embeddings.LayerNorm", weights.embedding_norm, hidden);
    for (std::size_t i = 0; i < weights.layers.size(); ++i) {
        add_layer(list, "bert.encoder.layer." + std::to_string(i) + ".", weights.layers[i], config);
    }
    list.linear("bert.pooler.dense", weights.pooler, hidden, hidden);
    if (!config.labels.empty()) {
        list.linear("classifier", weights.classifier, static_cast<std::int64_t>(config.labels.size()),
                    hidden);
    }
    return slots;
}

std::vector<NamedParameter> parameters(BertWeights& weights) {
    std::vector<NamedParameter> list;
    const auto add_linear = [&](const std::string& name, Linear& linear) {
        list.push_back({name + ".weight", &linear.weight});
        list.push_back({name + ".bias", &linear.bias});
    };
    const auto add_norm = [&](const std::string& name, LayerNorm& norm) {
        list.push_back({name + ".weight", &norm.weight});
        list.push_back({name + ".bias", &norm.bias});
    };
    list.push_back({"bert.embeddings.word_embeddings.weight", &weights.word_embeddings});
    list.push_back({"bert.embeddings.position_embeddings.weight", &weights.position_embeddings});
    list.push_back({"bert.embeddings.token_type_embeddings.weight", &weights.token_type_embeddings});
    add_norm("bert.embeddings.LayerNorm", weights.embedding_norm);
    for (std::size_t i = 0; i < weights.layers.size(); ++i) {
        const std::string prefix = "bert.encoder.layer." + std::to_string(i) + ".";
        auto& layer = weights.layers[i];
        add_linear(prefix + "attention.self.{query,key,value}", layer.qkv);
        add_linear(prefix + "attention.output.dense", layer.attention_output);
        add_norm(prefix + "attention.output.LayerNorm", layer.attention_norm);
        add_linear(prefix + "intermediate.dense", layer.intermediate);
        add_linear(prefix + "output.dense", layer.output);
        add_norm(prefix + "output.LayerNorm", layer.output_norm);
    }
    add_linear("bert.pooler.dense", weights.pooler);
    if (weights.classifier.weight.defined()) add_linear("classifier", weights.classifier);
    return list;
}

BertWeights empty_weights(const model_folder::BertConfig& config) {
    BertWeights weights;
    for (auto& slot : named_slots(weights, config)) {
        auto shape = slot.shape;
        const bool is_fused = slot.name.find("attention.self.") != std::string::npos;
        if (is_fused && slot.first_row > 0) continue;
        if (is_fused) shape[0] *= 3;
        *slot.tensor = at::empty(shape, at::kFloat);
    }
    return weights;
}

void transform(BertWeights& weights, const std::function<at::Tensor(const at::Tensor&)>& change) {
    for (const auto& parameter : parameters(weights)) {
        *parameter.tensor = change(*parameter.tensor);
    }
}

void prepack(BertWeights& weights, std::int64_t expected_rows) {
    for_each_linear(weights, [&](Linear& linear) {
        auto packed = prepack(linear.weight, expected_rows);
        if (!packed) return;
        linear.packed = std::move(*packed);
        linear.weight.reset();
    });
}

}  // namespace nunchi::model
