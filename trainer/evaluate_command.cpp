#include <sysexits.h>

#include <iostream>
#include <numeric>

#include "classifier/model_folder/folder_encoder.hpp"
#include "trainer/commands.hpp"
#include "trainer/data/labelled.hpp"
#include "trainer/data/split.hpp"
#include "trainer/evaluate.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kMaxTokens = 64;

api::outcome<std::vector<std::uint32_t>> chosen_rows(const EvaluateCommand& command, std::size_t count) {
    if (command.rows == "all") {
        std::vector<std::uint32_t> rows(count);
        std::iota(rows.begin(), rows.end(), std::uint32_t{0});
        return rows;
    }
    auto split = data::split_like_notebook(count, command.split.test_fraction, command.split.seed);
    if (!split) return split.error();
    return command.rows == "train" ? std::move(split->train) : std::move(split->test);
}

struct Evaluation {
    std::string model_id;
    std::string attribution;
    Metrics metrics;
};

api::outcome<Evaluation> evaluate(const EvaluateCommand& command) {
    const auto folder = model_folder::open_model_folder(command.model);
    if (!folder) return folder.error();
    const auto encoder = model_folder::create_encoder(*folder, kMaxTokens);
    if (!encoder) return encoder.error();
    const auto device = model::device_named(command.device);
    if (!device) return device.error();
    const auto precision = command.precision == "bf16" ? model::Precision::bf16 : model::Precision::fp32;
    const auto model = model::EmotionModel::load(*folder, *device, precision);
    if (!model) return model.error();

    const auto rows = data::load_labelled(command.data);
    if (!rows) return rows.error();
    report_left_out(std::cerr, *rows);
    const auto chosen = chosen_rows(command, rows->rows.size());
    if (!chosen) return chosen.error();
    const auto set = select(encode_rows(rows->rows, *encoder), *chosen);
    return Evaluation{folder->model_id(), folder->manifest.attribution,
                      measure(set.labels, predict(**model, set))};
}

std::string describe_rows(const EvaluateCommand& command) {
    if (command.rows == "all") return "all rows";
    return "the " + command.rows + " rows of the notebook's split (test fraction " +
           std::to_string(command.split.test_fraction).substr(0, 4) + ", random_state " +
           std::to_string(command.split.seed) + ")";
}

}  // namespace

int run_evaluate(const EvaluateCommand& command) {
    const auto evaluation = evaluate(command);
    if (!evaluation) {
        std::cerr << "nunchi-train evaluate: " << evaluation.error().message << "\n";
        return exit_code_of(evaluation.error());
    }
    if (command.json) {
        auto json = to_json(evaluation->metrics);
        json["model"] = evaluation->model_id;
        json["evaluated"] = describe_rows(command);
        std::cout << json.dump() << "\n";
    } else {
        std::cout << "model     " << evaluation->model_id << "\n"
                  << "on        " << describe_rows(command) << "\n";
        print(std::cout, evaluation->metrics);
    }
    return EX_OK;
}

}  // namespace nunchi::trainer
