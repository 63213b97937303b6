#include "trainer/evaluation_json.hpp"

#include <string>

namespace nunchi::trainer {
namespace {

using nlohmann::ordered_json;

void add_classes(ordered_json& json, const Metrics& metrics) {
    ordered_json classes;
    ordered_json labels;
    for (const auto emotion : api::kEmotions) {
        const auto& of_class = metrics.classes[api::index_of(emotion)];
        labels.push_back(api::korean_name(emotion));
        classes[std::string(api::korean_name(emotion))] = {{"precision", of_class.precision},
                                                           {"recall", of_class.recall},
                                                           {"f1", of_class.f1},
                                                           {"support", of_class.support}};
    }
    json["classes"] = classes;
    json["confusion"] = {{"labels", labels}, {"matrix", metrics.confusion}};
}

ordered_json bins_of(const Reliability& reliability) {
    auto bins = ordered_json::array();
    for (const auto& bin : reliability.bins) {
        bins.push_back({{"lower", bin.lower},
                        {"upper", bin.upper},
                        {"rows", bin.rows},
                        {"confidence", bin.confidence},
                        {"accuracy", bin.accuracy}});
    }
    return bins;
}

ordered_json points_of(const std::vector<SelectivePoint>& selective) {
    auto points = ordered_json::array();
    for (const auto& point : selective) {
        points.push_back({{"coverage", point.coverage},
                          {"rows", point.rows},
                          {"least_confidence", point.least_confidence},
                          {"accuracy", point.accuracy}});
    }
    return points;
}

ordered_json interval(const Difference& difference) {
    return {{"value", difference.value}, {"low", difference.low}, {"high", difference.high}};
}

}  // namespace

ordered_json to_json(const Evaluation& evaluation) {
    ordered_json json{{"rows", evaluation.metrics.rows},
                      {"accuracy", evaluation.metrics.accuracy},
                      {"macro_f1", evaluation.metrics.macro_f1},
                      {"top2_accuracy", evaluation.top2_accuracy}};
    add_classes(json, evaluation.metrics);
    json["calibration"] = {{"ece", evaluation.reliability.ece}, {"bins", bins_of(evaluation.reliability)}};
    json["selective"] = points_of(evaluation.selective);
    json["abstention"] = {{"answered", evaluation.abstention.answered},
                          {"accuracy", evaluation.abstention.accuracy}};
    return json;
}

ordered_json to_json(const Comparison& comparison) {
    const auto& mcnemar = comparison.mcnemar;
    ordered_json json{
        {"model", comparison.against}, {"accuracy", comparison.accuracy}, {"macro_f1", comparison.macro_f1}};
    json["difference"] = {{"accuracy", interval(comparison.differences.accuracy)},
                          {"macro_f1", interval(comparison.differences.macro_f1)},
                          {"resamples", comparison.bootstrap.resamples},
                          {"seed", comparison.bootstrap.seed}};
    json["mcnemar"] = {{"only_model", mcnemar.only_model},
                       {"only_against", mcnemar.only_against},
                       {"test", mcnemar.is_exact ? "exact binomial" : "chi-square, continuity correction"},
                       {"statistic", mcnemar.statistic},
                       {"p_value", mcnemar.p_value}};
    return json;
}

}  // namespace nunchi::trainer
