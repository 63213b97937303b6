// What a classifier's answers are worth.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "classifier/api/emotion.hpp"

namespace nunchi::trainer {

struct ClassMetrics {
    double precision = 0;  // 0 when the class was never predicted, as scikit-learn's zero_division=0
    double recall = 0;     // 0 when the class has no row
    double f1 = 0;
    std::int64_t support = 0;  // rows of the class
};

/// confusion[truth][prediction], by Emotion.
using ConfusionMatrix = std::array<std::array<std::int64_t, api::kEmotionCount>, api::kEmotionCount>;

struct Metrics {
    std::int64_t rows = 0;
    double accuracy = 0;
    double macro_f1 =
        0;  // the mean F1 of the classes that occur as truth or as prediction, as scikit-learn's
    std::array<ClassMetrics, api::kEmotionCount> classes;
    ConfusionMatrix confusion{};
};

/// Both spans have one entry per row. No rows: all figures are 0.
Metrics measure(std::span<const api::Emotion> truth, std::span<const api::Emotion> predicted);

/// The same from rows that are counted already.
Metrics measure(const ConfusionMatrix& confusion);

}  // namespace nunchi::trainer
