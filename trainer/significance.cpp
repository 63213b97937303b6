#include "trainer/significance.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <random>
#include <vector>

#include "trainer/metrics.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::int64_t kExactBelow = 25;

/// P(X ≤ k) of a fair coin thrown n times.
double binomial_tail(std::int64_t k, std::int64_t n) {
    double probability = std::ldexp(1.0, -static_cast<int>(n));
    double sum = 0;
    for (std::int64_t i = 0; i <= k; ++i) {
        sum += probability;
        probability *= static_cast<double>(n - i) / static_cast<double>(i + 1);
    }
    return sum;
}

/// P(X > x) of χ² with one degree of freedom.
double chi_squared_tail(double x) {
    return std::erfc(std::sqrt(x / 2));
}

struct Figures {
    double accuracy = 0;
    double macro_f1 = 0;
};

Figures difference(const ConfusionMatrix& model, const ConfusionMatrix& against) {
    const auto ours = measure(model);
    const auto theirs = measure(against);
    return {ours.accuracy - theirs.accuracy, ours.macro_f1 - theirs.macro_f1};
}

/// The difference on rows.size() rows that `draw` chooses.
template <typename Draw>
Figures difference_on(const PairedAnswers& answers, const Draw& draw) {
    ConfusionMatrix model{};
    ConfusionMatrix against{};
    for (std::size_t i = 0; i < answers.truth.size(); ++i) {
        const std::size_t row = draw(i);
        const auto truth = api::index_of(answers.truth[row]);
        ++model[truth][api::index_of(answers.model[row])];
        ++against[truth][api::index_of(answers.against[row])];
    }
    return difference(model, against);
}

/// As numpy.quantile's default: linear between the two nearest. `values` are sorted.
double quantile(const std::vector<double>& values, double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

Difference with_interval(double value, std::vector<double> resampled) {
    std::ranges::sort(resampled);
    return {value, quantile(resampled, 0.025), quantile(resampled, 0.975)};
}

}  // namespace

McNemar mcnemar_of(const PairedAnswers& answers) {
    assert(answers.truth.size() == answers.model.size() && answers.truth.size() == answers.against.size());
    McNemar result;
    for (std::size_t row = 0; row < answers.truth.size(); ++row) {
        const bool model = answers.model[row] == answers.truth[row];
        const bool against = answers.against[row] == answers.truth[row];
        if (model && !against) ++result.only_model;
        if (against && !model) ++result.only_against;
    }
    const auto discordant = result.only_model + result.only_against;
    const auto fewer = std::min(result.only_model, result.only_against);
    result.is_exact = discordant < kExactBelow;
    if (result.is_exact) {
        result.statistic = static_cast<double>(fewer);
        result.p_value = std::min(1.0, 2 * binomial_tail(fewer, discordant));
    } else {
        const auto gap = static_cast<double>(std::abs(result.only_model - result.only_against)) - 1;
        result.statistic = gap * gap / static_cast<double>(discordant);
        result.p_value = chi_squared_tail(result.statistic);
    }
    return result;
}

Differences bootstrap_differences(const PairedAnswers& answers, const BootstrapOptions& options) {
    assert(answers.truth.size() == answers.model.size() && answers.truth.size() == answers.against.size());
    assert(options.resamples > 0);
    const auto rows = answers.truth.size();
    if (rows == 0) return {};
    std::mt19937 random(options.seed);
    // Not std::uniform_int_distribution: it draws differently in each standard library.
    const auto any_row = [&](std::size_t) { return std::size_t{(std::uint64_t{random()} * rows) >> 32U}; };
    std::vector<double> accuracies;
    std::vector<double> macro_f1s;
    for (int i = 0; i < options.resamples; ++i) {
        const auto figures = difference_on(answers, any_row);
        accuracies.push_back(figures.accuracy);
        macro_f1s.push_back(figures.macro_f1);
    }
    const auto whole = difference_on(answers, [](std::size_t row) { return row; });
    return {.accuracy = with_interval(whole.accuracy, std::move(accuracies)),
            .macro_f1 = with_interval(whole.macro_f1, std::move(macro_f1s))};
}

}  // namespace nunchi::trainer
