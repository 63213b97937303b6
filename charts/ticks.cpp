#include "charts/ticks.hpp"

#include <algorithm>
#include <cmath>

namespace nunchi::charts {
namespace {

/// The smallest of 1, 2, 5 × 10ⁿ that is not below `wish`.
double round_step(double wish) {
    const double power = std::pow(10, std::floor(std::log10(wish)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= wish * (1 - 1e-9)) return factor * power;
    }
    return 10 * power;
}

std::vector<double> multiples(double low, double high, double step) {
    // A little room, as 3 × 0.1 is above 0.3.
    const auto first = std::lround(std::ceil(low / step - 1e-9));
    const auto last = std::lround(std::floor(high / step + 1e-9));
    std::vector<double> values;
    for (auto i = first; i <= last; ++i) values.push_back(static_cast<double>(i) * step);
    return values;
}

}  // namespace

std::vector<double> ticks(double low, double high, int count) {
    return multiples(low, high, round_step((high - low) / count));
}

std::vector<double> whole_ticks(int low, int high, int count) {
    return multiples(low, high,
                     std::max(1.0, round_step(std::max(1.0, static_cast<double>(high - low)) / count)));
}

}  // namespace nunchi::charts
