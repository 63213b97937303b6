#include "trainer/evaluation.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::trainer {
namespace {

constexpr double kPlausibleAccuracy = 0.62;

std::vector<api::Emotion> truth_of(std::span<const Answer> answers) {
    std::vector<api::Emotion> truth(answers.size());
    std::ranges::transform(answers, truth.begin(), &Answer::truth);
    return truth;
}

}  // namespace

Evaluation evaluate(std::span<const Answer> answers) {
    return {.metrics = measure(truth_of(answers), emotions_of(answers)),
            .top2_accuracy = top_accuracy(answers, 2),
            .reliability = reliability_of(answers),
            .selective = selective_accuracy(answers),
            .abstention = abstention_of(answers)};
}

Comparison compare(std::span<const Answer> answers, std::span<const Answer> theirs, std::string against) {
    const auto truth = truth_of(answers);
    const auto ours = emotions_of(answers);
    const auto other = emotions_of(theirs);
    const PairedAnswers paired{.truth = truth, .model = ours, .against = other};
    const auto metrics = measure(truth, other);
    Comparison comparison{.against = std::move(against),
                          .accuracy = metrics.accuracy,
                          .macro_f1 = metrics.macro_f1,
                          .mcnemar = mcnemar_of(paired),
                          .differences = {},
                          .bootstrap = {}};
    comparison.differences = bootstrap_differences(paired, comparison.bootstrap);
    return comparison;
}

std::optional<std::string> leakage_warning(const Metrics& metrics) {
    if (!(metrics.accuracy > kPlausibleAccuracy)) return std::nullopt;
    return "accuracy " + std::to_string(metrics.accuracy).substr(0, 6) +
           " on rows held out at random is above 0.62: that is leakage until shown otherwise. Look for the "
           "same sentence on both sides of the split, for columns or words that give the label away, and for "
           "a model that was trained on other rows than this split's training part.";
}

}  // namespace nunchi::trainer
