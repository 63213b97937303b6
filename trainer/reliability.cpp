#include "trainer/reliability.hpp"

#include <algorithm>
#include <cmath>

namespace nunchi::trainer {
namespace {

std::size_t bin_of(float confidence) {
    const int index = static_cast<int>(std::ceil(static_cast<double>(confidence) * kReliabilityBins)) - 1;
    return static_cast<std::size_t>(std::clamp(index, 0, kReliabilityBins - 1));
}

}  // namespace

Reliability reliability_of(std::span<const Answer> answers) {
    Reliability reliability;
    for (int i = 0; i < kReliabilityBins; ++i) {
        reliability.bins.push_back({.lower = i / static_cast<double>(kReliabilityBins),
                                    .upper = (i + 1) / static_cast<double>(kReliabilityBins)});
    }
    // Sums first, means afterwards.
    for (const auto& answer : answers) {
        auto& bin = reliability.bins[bin_of(answer.confidence)];
        ++bin.rows;
        bin.confidence += static_cast<double>(answer.confidence);
        bin.accuracy += answer.is_right() ? 1 : 0;
    }
    for (auto& bin : reliability.bins) {
        if (bin.rows == 0) continue;
        reliability.ece += std::abs(bin.accuracy - bin.confidence) / static_cast<double>(answers.size());
        bin.confidence /= static_cast<double>(bin.rows);
        bin.accuracy /= static_cast<double>(bin.rows);
    }
    return reliability;
}

}  // namespace nunchi::trainer
