// Whether a model is right as often as it says.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trainer/answers.hpp"

namespace nunchi::trainer {

inline constexpr int kReliabilityBins = 15;

/// The answers with a confidence above `lower`, up to and with `upper`.
struct ReliabilityBin {
    double lower = 0;
    double upper = 0;
    std::int64_t rows = 0;
    double confidence = 0;  // mean; 0 without rows
    double accuracy = 0;    // 0 without rows
};

struct Reliability {
    /// Expected calibration error: |accuracy − confidence| of the bins, weighted by their rows.
    double ece = 0;
    std::vector<ReliabilityBin> bins;  // kReliabilityBins of equal width, from 0 to 1
};

/// Of all answers, given or not. Source: Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017).
Reliability reliability_of(std::span<const Answer> answers);

}  // namespace nunchi::trainer
