#include "trainer/calibrate.hpp"

#include <string>
#include <vector>

#include "trainer/calibration.hpp"
#include "trainer/logits.hpp"

namespace nunchi::trainer {
namespace {

nlohmann::ordered_json by_emotion(std::span<const Answer> answers) {
    nlohmann::ordered_json json;
    for (const auto emotion : api::kEmotions) {
        std::vector<Answer> of_emotion;
        for (const auto& answer : answers) {
            if (answer.emotion == emotion) of_emotion.push_back(answer);
        }
        const auto abstention = abstention_of(of_emotion);
        json[std::string(api::korean_name(emotion))] = {{"rows", of_emotion.size()},
                                                        {"answered", abstention.answered},
                                                        {"precision", abstention.accuracy}};
    }
    return json;
}

}  // namespace

Calibrated calibrate(const model::BertWeights& weights, const model_folder::BertConfig& config,
                     const TrainingSet& validation, const TrainingSet& test, double abstain_precision) {
    const auto logits = logits_of(weights, config, validation);
    Calibrated made;
    const double temperature = fit_temperature(logits, validation.labels);
    made.calibration.temperature = static_cast<float>(temperature);
    made.calibration.thresholds =
        fit_thresholds(answers_of(logits, validation.labels, made.calibration), abstain_precision);

    const auto before = answers_of(logits, validation.labels, {});
    const auto after = answers_of(logits, validation.labels, made.calibration);
    made.ledger = {{"on", "validation rows"},
                   {"rows", validation.size()},
                   {"temperature", temperature},
                   {"nll_before", negative_log_likelihood(logits, validation.labels, 1)},
                   {"nll", negative_log_likelihood(logits, validation.labels, temperature)},
                   {"ece_before", reliability_of(before).ece},
                   {"ece", reliability_of(after).ece},
                   {"abstain_precision", abstain_precision},
                   {"emotions", by_emotion(after)}};
    made.test = evaluate(answers_of(logits_of(weights, config, test), test.labels, made.calibration));
    return made;
}

}  // namespace nunchi::trainer
