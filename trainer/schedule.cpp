#include "trainer/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunchi::trainer {

double warmup_cosine(std::int64_t step, std::int64_t warmup_steps, std::int64_t total_steps) {
    if (step < warmup_steps) return static_cast<double>(step) / static_cast<double>(warmup_steps);
    const auto span = static_cast<double>(std::max<std::int64_t>(1, total_steps - warmup_steps));
    const auto progress = static_cast<double>(step - warmup_steps) / span;
    return std::max(0.0, 0.5 * (1.0 + std::cos(std::numbers::pi * progress)));
}

}  // namespace nunchi::trainer
