#include "classifier/calibration/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace nunchi::calibration {
namespace {

using api::kEmotionCount;

/// In double: the quotient of any float by a valid temperature is finite there, and so is the difference of
/// two.
std::array<double, kEmotionCount> softmax(std::span<const float, kEmotionCount> logits, double temperature) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    std::array<double, kEmotionCount> shares{};
    double total = 0.0;
    for (std::size_t i = 0; i < kEmotionCount; ++i) {
        shares[i] = std::exp((static_cast<double>(logits[i]) - largest) / temperature);
        total += shares[i];
    }
    for (double& share : shares) share /= total;
    return shares;
}

/// Written so that NaN is outside of every range.
bool is_temperature(float value) {
    return value > 0.01F && value < 100.0F;
}

bool is_probability(float value) {
    return value >= 0.0F && value <= 1.0F;
}

}  // namespace

api::outcome<Calibration> validated(const Calibration& calibration) {
    if (!is_temperature(calibration.temperature)) {
        return api::failure(api::errc::bad_format,
                            "calibration.temperature: expected a number above 0.01 and below 100, got " +
                                std::to_string(calibration.temperature));
    }
    for (const api::Emotion emotion : api::kEmotions) {
        const float threshold = calibration.thresholds[api::index_of(emotion)];
        if (is_probability(threshold)) continue;
        return api::failure(api::errc::bad_format,
                            "calibration.thresholds." + std::string(api::english_name(emotion)) +
                                ": expected a number from 0 to 1, got " + std::to_string(threshold));
    }
    return calibration;
}

void apply(const Calibration& calibration, std::span<const float, kEmotionCount> logits,
           api::Prediction& out) {
    const auto shares = softmax(logits, calibration.temperature);
    std::transform(shares.begin(), shares.end(), out.probabilities.begin(),
                   [](double share) { return static_cast<float>(share); });
    std::copy(logits.begin(), logits.end(), out.logits.emplace().begin());

    const std::size_t top = api::index_of(out.top());
    out.label.reset();
    if (out.probabilities[top] >= calibration.thresholds[top]) out.label = api::kEmotions[top];
}

}  // namespace nunchi::calibration
