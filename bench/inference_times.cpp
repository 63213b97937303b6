// Times the forward pass of classifier/model. Every line on stdin is one request,
// {"messages": [[ids], ...], "repetitions": n}; the answer is the shortest wall time in seconds. Between
// requests the program sleeps, so that peers can be timed in turn with it.
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "classifier/model/bert.hpp"
#include "classifier/model/bert_file.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace {

namespace model = nunchi::model;

// What EmotionModel::load passes to prepack.
constexpr std::int64_t kExpectedRows = 512;

/// The ids are packed beforehand, as the peers get their tensors ready made.
double shortest_forward(const nlohmann::json& request, const model::BertWeights& weights,
                        const nunchi::model_folder::BertConfig& config) {
    const auto ids = request.at("messages").get<std::vector<std::vector<std::int32_t>>>();
    std::vector<model::Message> messages;
    messages.reserve(ids.size());
    for (const auto& message : ids) messages.push_back({message});
    const auto batch = model::pack(messages, at::kCPU, model::RowCount::rounded);

    double shortest = std::numeric_limits<double>::infinity();
    for (int left = request.at("repetitions"); left > 0; --left) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = model::forward(weights, config, batch);
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        shortest = std::min(shortest, elapsed.count());
    }
    return shortest;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: inference_times MODEL_FOLDER THREADS\n";
        return EXIT_FAILURE;
    }
    const auto folder = nunchi::model_folder::open_model_folder(argv[1]);
    if (!folder) {
        std::cerr << folder.error().message << "\n";
        return EXIT_FAILURE;
    }
    auto weights = model::load_bert(folder->weights_file(), folder->config, model::Head::required);
    if (!weights) {
        std::cerr << weights.error().message << "\n";
        return EXIT_FAILURE;
    }
    at::set_num_threads(std::stoi(argv[2]));
    const c10::InferenceMode inference;
    model::prepack(*weights, kExpectedRows);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << shortest_forward(nlohmann::json::parse(line), *weights, folder->config) << std::endl;
    }
    return EXIT_SUCCESS;
}
