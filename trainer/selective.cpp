#include "trainer/selective.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunchi::trainer {
namespace {

constexpr std::array kCoverages{1.0, 0.75, 0.5, 0.25};

double share(std::int64_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<SelectivePoint> selective_accuracy(std::span<const Answer> answers) {
    std::vector<Answer> sorted(answers.begin(), answers.end());
    std::ranges::stable_sort(sorted, std::ranges::greater(), &Answer::confidence);
    std::vector<SelectivePoint> points;
    for (const double coverage : kCoverages) {
        const auto rows =
            static_cast<std::size_t>(std::lround(coverage * static_cast<double>(sorted.size())));
        const auto answered = std::span(sorted).first(rows);
        points.push_back({.coverage = coverage,
                          .rows = static_cast<std::int64_t>(rows),
                          .least_confidence = rows == 0 ? 1 : static_cast<double>(answered.back().confidence),
                          .accuracy = share(std::ranges::count_if(answered, &Answer::is_right), rows)});
    }
    return points;
}

Abstention abstention_of(std::span<const Answer> answers) {
    const auto given = std::ranges::count_if(answers, &Answer::is_given);
    const auto right = std::ranges::count_if(
        answers, [](const Answer& answer) { return answer.is_given && answer.is_right(); });
    return {share(given, answers.size()), share(right, static_cast<std::size_t>(given))};
}

}  // namespace nunchi::trainer
