// Trains a Hugging Face folder for ten updates with the training loop and writes its weights as safetensors,
// for comparison with PyTorch.
//
//   fit_ten_steps FOLDER constant|notebook OUT.safetensors < rows
//
// Input: one JSON object a line, {"ids": [...], "label": 0}. Batches of 16 in the order given, no dropout.
// constant: learning rate 1e-3; notebook: the notebook's schedule (5e-5, 9,650 updates) from its update 960
// on.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "classifier/model/bert_file.hpp"
#include "trainer/fit.hpp"

namespace {

using nlohmann::json;
using nunchi::trainer::FitCallbacks;
using nunchi::trainer::FitOptions;
using nunchi::trainer::TrainingState;

constexpr int kUpdates = 10;
constexpr int kNotebookUpdates = 9650;
constexpr int kFirstUpdate = 960;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

nunchi::trainer::TrainingSet read_rows(std::istream& in) {
    nunchi::trainer::TrainingSet set;
    for (std::string line; std::getline(in, line);) {
        const auto row = json::parse(line);
        set.ids.push_back(row.at("ids"));
        set.labels.push_back(nunchi::api::kEmotions.at(row.at("label")));
    }
    return set;
}

FitOptions options_for(const std::string& schedule, std::size_t rows) {
    FitOptions options;
    options.batch_size = 16;
    options.order = nunchi::trainer::BatchOrder::as_given;
    options.dropout = {.hidden = 0, .attention = 0, .classifier = 0};
    options.adamw.eps = 1e-6;
    const auto updates_per_epoch = static_cast<int>(rows / options.batch_size);
    if (schedule == "notebook") {
        options.epochs = kNotebookUpdates / updates_per_epoch;
    } else {
        options.learning_rate = 1e-3;
        options.warmup_ratio = 0;
        options.epochs = 1'000'000;  // so long a cosine is flat
    }
    return options;
}

/// The state before the first update, moved to another update of the schedule.
std::optional<TrainingState> state_at(int update, nunchi::model::BertWeights& weights,
                                      const nunchi::model_folder::BertConfig& config,
                                      const nunchi::trainer::TrainingSet& rows, const FitOptions& options) {
    std::optional<TrainingState> state;
    const auto keep = [&](const TrainingState& given) { state = given; };
    const auto result = nunchi::trainer::fit(
        weights, config, rows, {}, options,
        {.on_batch = {}, .on_epoch = {}, .is_cancelled = [] { return true; }, .keep_state = keep});
    if (!result) return std::nullopt;
    for (auto& [name, tensor] : state->tensors) tensor = tensor.detach().clone();
    state->position["update"] = update;
    return state;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return EXIT_FAILURE;
    const std::string folder = argv[1];
    const auto config = nunchi::model_folder::parse_bert_config(read_file(folder + "/config.json"));
    auto weights =
        nunchi::model::load_bert(folder + "/model.safetensors", *config, nunchi::model::Head::required);
    const auto rows = read_rows(std::cin);
    const auto options = options_for(argv[2], rows.size());
    const auto start = std::string(argv[2]) == "notebook" ? kFirstUpdate : 0;
    const auto state = state_at(start, *weights, *config, rows, options);

    int updates = 0;
    const FitCallbacks callbacks{.on_batch = [&](const auto&) { ++updates; },
                                 .on_epoch = {},
                                 .is_cancelled = [&] { return updates == kUpdates; },
                                 .keep_state = {}};
    const auto result = nunchi::trainer::fit(*weights, *config, rows, {}, options, callbacks, &*state);
    if (!result) {
        std::cerr << result.error().message << "\n";
        return EXIT_FAILURE;
    }
    const auto saved = nunchi::model::save_bert(argv[3], *weights, *config, nunchi::model::StoredAs::f32);
    return saved ? EXIT_SUCCESS : EXIT_FAILURE;
}
