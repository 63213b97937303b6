#include "classifier/model_folder/bert_config.hpp"

#include <nlohmann/json.hpp>

#include "classifier/model_folder/json_fields.hpp"

namespace nunchi::model_folder {
namespace {

constexpr std::int64_t kMaxLabels = 1000;

void read_labels(JsonFields& fields, std::vector<std::string>& labels) {
    const auto& id2label = fields.object_or_empty("id2label");
    if (id2label.size() > std::size_t{kMaxLabels}) {
        fields.note("id2label has more than 1000 labels");
        return;
    }
    for (std::size_t id = 0; id < id2label.size(); ++id) {
        const auto name = id2label.find(std::to_string(id));
        if (name == id2label.end() || !name->is_string()) {
            fields.note("id2label must name the labels 0 to " + std::to_string(id2label.size() - 1));
            labels.clear();
            return;
        }
        labels.push_back(name->get<std::string>());
    }
}

void check_architecture(JsonFields& fields) {
    if (const auto type = fields.text_or("model_type", "bert"); type != "bert") {
        fields.note("model_type is \"" + type + "\", and only \"bert\" is supported");
    }
    if (const auto activation = fields.text_or("hidden_act", "gelu"); activation != "gelu") {
        fields.note("hidden_act is \"" + activation + "\", and only \"gelu\" (the erf form) is supported");
    }
    if (const auto kind = fields.text_or("position_embedding_type", "absolute"); kind != "absolute") {
        fields.note("position_embedding_type is \"" + kind + "\", and only \"absolute\" is supported");
    }
}

}  // namespace

api::outcome<BertConfig> parse_bert_config(std::string_view text) {
    const auto json = parse_json_object(text, "config.json");
    if (!json) return json.error();
    JsonFields fields(*json, "config.json");
    check_architecture(fields);

    BertConfig config;
    config.vocab_size = fields.integer("vocab_size", 5, 10'000'000);
    config.hidden_size = fields.integer("hidden_size", 1, 16'384);
    config.num_hidden_layers = fields.integer("num_hidden_layers", 1, 256);
    config.num_attention_heads = fields.integer("num_attention_heads", 1, 1'024);
    config.intermediate_size = fields.integer("intermediate_size", 1, 65'536);
    config.max_position_embeddings = fields.integer("max_position_embeddings", 3, 65'536);
    config.type_vocab_size = fields.integer_or("type_vocab_size", 2, 1, 16);
    // transformers assumes 0, which is [UNK] for KoBERT; SKT's own bert_config.json leaves the field out.
    config.pad_token_id = fields.integer_or("pad_token_id", 1, 0, config.vocab_size - 1);
    config.layer_norm_eps = fields.number_or("layer_norm_eps", 1e-12, 0, 1);
    config.hidden_dropout_prob = fields.number_or("hidden_dropout_prob", 0.1, 0, 1);
    config.attention_probs_dropout_prob = fields.number_or("attention_probs_dropout_prob", 0.1, 0, 1);
    config.initializer_range = fields.number_or("initializer_range", 0.02, 0, 10);
    read_labels(fields, config.labels);
    if (!fields.has_problems() && config.hidden_size % config.num_attention_heads != 0) {
        fields.note("hidden_size must be a multiple of num_attention_heads");
    }
    if (fields.has_problems()) return fields.failure();
    return config;
}

std::string to_json(const BertConfig& config) {
    nlohmann::ordered_json id2label;
    nlohmann::ordered_json label2id;
    for (std::size_t id = 0; id < config.labels.size(); ++id) {
        id2label[std::to_string(id)] = config.labels[id];
        label2id[config.labels[id]] = id;
    }
    const nlohmann::ordered_json json{
        {"architectures", {config.labels.empty() ? "BertModel" : "BertForSequenceClassification"}},
        {"model_type", "bert"},
        {"vocab_size", config.vocab_size},
        {"hidden_size", config.hidden_size},
        {"num_hidden_layers", config.num_hidden_layers},
        {"num_attention_heads", config.num_attention_heads},
        {"intermediate_size", config.intermediate_size},
        {"hidden_act", "gelu"},
        {"hidden_dropout_prob", config.hidden_dropout_prob},
        {"attention_probs_dropout_prob", config.attention_probs_dropout_prob},
        {"max_position_embeddings", config.max_position_embeddings},
        {"type_vocab_size", config.type_vocab_size},
        {"initializer_range", config.initializer_range},
        {"layer_norm_eps", config.layer_norm_eps},
        {"pad_token_id", config.pad_token_id},
        {"id2label", id2label},
        {"label2id", label2id},
    };
    return json.dump(2) + "\n";
}

}  // namespace nunchi::model_folder
