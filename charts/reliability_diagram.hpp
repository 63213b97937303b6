// Whether a model is right as often as it says.
#pragma once

#include <cstdint>
#include <vector>

#include "charts/canvas.hpp"

namespace nunchi::charts {

struct ReliabilityDiagram {
    struct Bin {
        double lower = 0;
        double upper = 0;
        std::int64_t rows = 0;
        double confidence = 0;  // mean
        double accuracy = 0;
    };

    std::vector<Label> lines;  // below the title
    std::vector<Bin> bins;     // by confidence; those without rows are not drawn
};

Canvas draw(const ReliabilityDiagram& diagram);

}  // namespace nunchi::charts
