// Which label gets which answer.
#pragma once

#include <cstdint>
#include <vector>

#include "charts/canvas.hpp"

namespace nunchi::charts {

struct ConfusionMatrix {
    std::vector<Label> lines;                       // below the title
    std::vector<Label> labels;                      // at least one; short
    std::vector<std::vector<std::int64_t>> counts;  // [label][answer]
};

/// Each cell tells the share of its line; a line is the rows with one label.
Canvas draw(const ConfusionMatrix& matrix);

}  // namespace nunchi::charts
