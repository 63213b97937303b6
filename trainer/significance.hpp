// Whether one model is better than another on the same rows, or luckier.
#pragma once

#include <cstdint>
#include <span>

#include "classifier/api/emotion.hpp"

namespace nunchi::trainer {

/// Two models' answers to the same rows; each span has one entry per row.
struct PairedAnswers {
    std::span<const api::Emotion> truth;
    std::span<const api::Emotion> model;
    std::span<const api::Emotion> against;
};

struct McNemar {
    std::int64_t only_model = 0;    // rows that only the model has right
    std::int64_t only_against = 0;  // rows that only the other one has right
    bool is_exact = true;           // binomial; else χ² with one degree of freedom
    double statistic = 0;           // with continuity correction; the smaller count when exact
    double p_value = 1;             // two-sided
};

/// Exact under 25 rows on which only one model is right. Source: McNemar, Psychometrika 12 (1947); Edwards'
/// correction.
McNemar mcnemar_of(const PairedAnswers& answers);

/// The model's figure less the other one's, with the 95 % interval of its resamples.
struct Difference {
    double value = 0;
    double low = 0;
    double high = 0;

    bool is_clear() const { return low > 0 || high < 0; }
};

struct BootstrapOptions {
    int resamples = 10'000;
    std::uint32_t seed = 34;
};

struct Differences {
    Difference accuracy;
    Difference macro_f1;
};

/// Percentile bootstrap: rows are drawn with replacement, both models are measured on the same ones. The same
/// seed gives the same interval on every platform. No rows: all figures are 0.
Differences bootstrap_differences(const PairedAnswers& answers, const BootstrapOptions& options = {});

}  // namespace nunchi::trainer
