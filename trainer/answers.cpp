#include "trainer/answers.hpp"

#include <algorithm>
#include <cassert>

namespace nunchi::trainer {
namespace {

/// How many emotions come before the label.
std::size_t rank_of_truth(const Answer& answer) {
    const auto truth = api::index_of(answer.truth);
    const float own = answer.probabilities[truth];
    std::size_t rank = 0;
    for (std::size_t other = 0; other < api::kEmotionCount; ++other) {
        const float probability = answer.probabilities[other];
        if (probability > own || (probability == own && other < truth)) ++rank;
    }
    return rank;
}

}  // namespace

std::vector<Answer> answers_of(std::span<const Logits> logits, std::span<const api::Emotion> truth,
                               const calibration::Calibration& calibration) {
    assert(logits.size() == truth.size());
    std::vector<Answer> answers;
    answers.reserve(logits.size());
    api::Prediction prediction;
    for (std::size_t row = 0; row < logits.size(); ++row) {
        calibration::apply(calibration, logits[row], prediction);
        const auto top = prediction.top();
        answers.push_back({.probabilities = prediction.probabilities,
                           .truth = truth[row],
                           .emotion = top,
                           .confidence = prediction.probabilities[api::index_of(top)],
                           .is_given = prediction.label.has_value()});
    }
    return answers;
}

std::vector<api::Emotion> emotions_of(std::span<const Answer> answers) {
    std::vector<api::Emotion> emotions(answers.size());
    std::ranges::transform(answers, emotions.begin(), &Answer::emotion);
    return emotions;
}

double top_accuracy(std::span<const Answer> answers, std::size_t count) {
    if (answers.empty()) return 0;
    const auto hits = std::ranges::count_if(
        answers, [count](const Answer& answer) { return rank_of_truth(answer) < count; });
    return static_cast<double>(hits) / static_cast<double>(answers.size());
}

}  // namespace nunchi::trainer
