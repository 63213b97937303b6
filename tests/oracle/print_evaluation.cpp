// print_evaluation < CASE: {"logits": [[7 numbers], …], "against": [[…], …], "labels": [index, …],
// "precision", "resamples", "seed"} in JSON; prints what calibration, evaluation and comparison make of it,
// in JSON.
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "trainer/calibration.hpp"
#include "trainer/evaluation_json.hpp"

namespace {

using namespace nunchi;

std::vector<api::Emotion> emotions(const nlohmann::json& indices) {
    std::vector<api::Emotion> list;
    for (const auto& index : indices) list.push_back(api::kEmotions.at(index.get<std::size_t>()));
    return list;
}

}  // namespace

int main() {
    const auto input = nlohmann::json::parse(std::cin);
    const auto logits = input.at("logits").get<std::vector<trainer::Logits>>();
    const auto truth = emotions(input.at("labels"));

    calibration::Calibration calibration;
    const double temperature = trainer::fit_temperature(logits, truth);
    calibration.temperature = static_cast<float>(temperature);
    calibration.thresholds = trainer::fit_thresholds(trainer::answers_of(logits, truth, calibration),
                                                     input.at("precision").get<double>());
    const auto answers = trainer::answers_of(logits, truth, calibration);
    const auto theirs =
        trainer::answers_of(input.at("against").get<std::vector<trainer::Logits>>(), truth, {});

    const auto ours_labels = trainer::emotions_of(answers);
    const auto their_labels = trainer::emotions_of(theirs);
    const trainer::PairedAnswers paired{.truth = truth, .model = ours_labels, .against = their_labels};
    const trainer::BootstrapOptions bootstrap{.resamples = input.at("resamples").get<int>(),
                                              .seed = input.at("seed").get<std::uint32_t>()};
    const trainer::Comparison comparison{.against = "against",
                                         .accuracy = 0,
                                         .macro_f1 = 0,
                                         .mcnemar = trainer::mcnemar_of(paired),
                                         .differences = trainer::bootstrap_differences(paired, bootstrap),
                                         .bootstrap = bootstrap};
    nlohmann::ordered_json output{{"temperature", temperature},
                                  {"nll", trainer::negative_log_likelihood(logits, truth, temperature)},
                                  {"thresholds", calibration.thresholds}};
    output["evaluation"] = to_json(trainer::evaluate(answers));
    output["comparison"] = to_json(comparison);
    std::cout << output.dump() << '\n';
    return EXIT_SUCCESS;
}
