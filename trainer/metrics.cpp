#include "trainer/metrics.hpp"

#include <cassert>

namespace nunchi::trainer {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

struct Totals {
    std::int64_t truth = 0;
    std::int64_t predicted = 0;
    std::int64_t both = 0;
};

Totals totals_of(const ConfusionMatrix& confusion, std::size_t label) {
    Totals totals;
    totals.both = confusion[label][label];
    for (std::size_t other = 0; other < confusion.size(); ++other) {
        totals.truth += confusion[label][other];
        totals.predicted += confusion[other][label];
    }
    return totals;
}

}  // namespace

Metrics measure(std::span<const api::Emotion> truth, std::span<const api::Emotion> predicted) {
    assert(truth.size() == predicted.size());
    ConfusionMatrix confusion{};
    for (std::size_t row = 0; row < truth.size(); ++row) {
        ++confusion[api::index_of(truth[row])][api::index_of(predicted[row])];
    }
    return measure(confusion);
}

Metrics measure(const ConfusionMatrix& confusion) {
    Metrics metrics;
    metrics.confusion = confusion;
    std::int64_t correct = 0;
    int occurring = 0;
    double f1_sum = 0;
    for (std::size_t label = 0; label < api::kEmotionCount; ++label) {
        const auto totals = totals_of(confusion, label);
        auto& of_class = metrics.classes[label];
        of_class.support = totals.truth;
        of_class.precision = ratio(totals.both, totals.predicted);
        of_class.recall = ratio(totals.both, totals.truth);
        of_class.f1 = ratio(2 * totals.both, totals.truth + totals.predicted);
        metrics.rows += totals.truth;
        correct += totals.both;
        if (totals.truth + totals.predicted == 0) continue;
        ++occurring;
        f1_sum += of_class.f1;
    }
    metrics.accuracy = ratio(correct, metrics.rows);
    metrics.macro_f1 = occurring == 0 ? 0 : f1_sum / occurring;
    return metrics;
}

}  // namespace nunchi::trainer
