#include "trainer/calibration.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

namespace nunchi::trainer {
namespace {

constexpr float kRounding = 1e-4F;  // more than a confidence differs by between two machines
constexpr int kBisections = 60;     // past the precision of the float that is stored

/// log Σ exp(logit × inverse), and the mean logit under those weights.
struct Partition {
    double log_sum = 0;
    double mean_logit = 0;
};

Partition partition(const Logits& logits, double inverse) {
    const double largest = *std::ranges::max_element(logits);
    double sum = 0;
    double weighted = 0;
    for (const double logit : logits) {
        const double weight = std::exp((logit - largest) * inverse);
        sum += weight;
        weighted += weight * logit;
    }
    return {largest * inverse + std::log(sum), weighted / sum};
}

/// The derivative of the mean negative log-likelihood by 1 / temperature; it grows with 1 / temperature.
double slope(std::span<const Logits> logits, std::span<const api::Emotion> truth, double inverse) {
    double sum = 0;
    for (std::size_t row = 0; row < logits.size(); ++row) {
        sum += partition(logits[row], inverse).mean_logit -
               static_cast<double>(logits[row][api::index_of(truth[row])]);
    }
    return sum / static_cast<double>(logits.size());
}

struct Outcome {
    float confidence = 0;
    bool is_right = false;
};

float fit_threshold(std::vector<Outcome> outcomes, double precision) {
    std::ranges::sort(outcomes, std::ranges::greater(), &Outcome::confidence);
    float threshold = outcomes.empty() ? 0.0F : 1.0F;
    std::size_t right = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        right += outcomes[i].is_right ? 1 : 0;
        const bool is_last = i + 1 == outcomes.size();
        // Confidences that rounding could swap pass a threshold together or not at all.
        const float next = is_last ? 0 : outcomes[i + 1].confidence;
        if (!is_last && outcomes[i].confidence - next < kRounding) continue;
        if (static_cast<double>(right) < precision * static_cast<double>(i + 1)) continue;
        threshold = is_last ? 0.0F : std::midpoint(outcomes[i].confidence, next);
    }
    return threshold;
}

}  // namespace

double negative_log_likelihood(std::span<const Logits> logits, std::span<const api::Emotion> truth,
                               double temperature) {
    assert(logits.size() == truth.size());
    if (logits.empty()) return 0;
    double sum = 0;
    for (std::size_t row = 0; row < logits.size(); ++row) {
        sum += partition(logits[row], 1 / temperature).log_sum -
               static_cast<double>(logits[row][api::index_of(truth[row])]) / temperature;
    }
    return sum / static_cast<double>(logits.size());
}

double fit_temperature(std::span<const Logits> logits, std::span<const api::Emotion> truth) {
    assert(logits.size() == truth.size());
    if (logits.empty()) return 1;
    double low = 1 / kMostTemperature;
    double high = 1 / kLeastTemperature;
    for (int i = 0; i < kBisections; ++i) {
        const double middle = (low + high) / 2;
        (slope(logits, truth, middle) > 0 ? high : low) = middle;
    }
    return 2 / (low + high);
}

std::array<float, api::kEmotionCount> fit_thresholds(std::span<const Answer> answers, double precision) {
    std::array<std::vector<Outcome>, api::kEmotionCount> outcomes;
    for (const auto& answer : answers) {
        outcomes[api::index_of(answer.emotion)].push_back({answer.confidence, answer.is_right()});
    }
    std::array<float, api::kEmotionCount> thresholds{};
    std::ranges::transform(outcomes, thresholds.begin(), [precision](const auto& of_emotion) {
        return fit_threshold(of_emotion, precision);
    });
    return thresholds;
}

}  // namespace nunchi::trainer
