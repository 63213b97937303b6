// Prints pooled outputs and logits of a Hugging Face folder, computed by classifier/model, for comparison
// with transformers. Input: one JSON object a line, {"messages": [{"ids": [...], "types": [...]}, ...]}, each
// line one packed batch. Output: one JSON object a line, {"pooled": [[...], ...], "logits": [[...], ...]}.
// With --all-tokens also "hidden": the last layer's row of every token.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "classifier/model/bert.hpp"
#include "classifier/model/bert_file.hpp"

namespace {

using nlohmann::json;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

std::vector<std::vector<float>> rows(const at::Tensor& tensor) {
    const auto matrix = tensor.contiguous();
    std::vector<std::vector<float>> list;
    for (std::int64_t row = 0; row < matrix.size(0); ++row) {
        const auto* first = matrix.const_data_ptr<float>() + row * matrix.size(1);
        list.emplace_back(first, first + matrix.size(1));
    }
    return list;
}

json run(const json& request, const nunchi::model::BertWeights& weights,
         const nunchi::model_folder::BertConfig& config, bool all_tokens) {
    std::vector<std::vector<std::int32_t>> ids;
    std::vector<std::vector<std::int32_t>> types;
    for (const auto& message : request.at("messages")) {
        ids.push_back(message.at("ids"));
        types.push_back(message.value("types", std::vector<std::int32_t>{}));
    }
    std::vector<nunchi::model::Message> messages;
    for (std::size_t i = 0; i < ids.size(); ++i) messages.push_back({ids[i], types[i]});
    const auto batch = nunchi::model::pack(messages, at::kCPU);
    const auto result =
        nunchi::model::forward(weights, config, batch, {.dropout = {}, .all_tokens = all_tokens});
    json answer{{"pooled", rows(result.pooled)}};
    if (result.logits.defined()) answer["logits"] = rows(result.logits);
    if (all_tokens) answer["hidden"] = rows(result.hidden);
    return answer;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : ".";
    const bool all_tokens = argc > 2 && std::string(argv[2]) == "--all-tokens";
    const auto config = nunchi::model_folder::parse_bert_config(read_file(folder + "/config.json"));
    if (!config) {
        std::cerr << config.error().message << "\n";
        return EXIT_FAILURE;
    }
    auto weights =
        nunchi::model::load_bert(folder + "/model.safetensors", *config, nunchi::model::Head::optional);
    if (!weights) {
        std::cerr << weights.error().message << "\n";
        return EXIT_FAILURE;
    }
    const c10::InferenceMode inference;
    nunchi::model::prepack(*weights, 512);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << run(json::parse(line), *weights, *config, all_tokens).dump() << "\n";
    }
    return EXIT_SUCCESS;
}
