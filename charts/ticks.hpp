// Round numbers for an axis.
#pragma once

#include <vector>

namespace nunchi::charts {

/// Multiples of 1, 2 or 5 times a power of ten that lie within [low, high], `count` + 1 of them or fewer.
/// low < high.
std::vector<double> ticks(double low, double high, int count);

/// The same for whole numbers; low may equal high.
std::vector<double> whole_ticks(int low, int high, int count);

}  // namespace nunchi::charts
