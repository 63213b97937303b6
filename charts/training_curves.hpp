// How a model learned, epoch by epoch.
#pragma once

#include <vector>

#include "charts/canvas.hpp"

namespace nunchi::charts {

struct TrainingCurves {
    struct Value {
        int epoch = 0;
        double value = 0;
    };

    std::vector<Label> lines;  // below the title
    std::vector<Value> training_loss;
    std::vector<Value> training_accuracy;
    std::vector<Value> validation_accuracy;
    std::vector<Value> validation_macro_f1;
    int best_epoch = 0;  // 0: none is marked
};

/// At least one epoch of training_loss. Accuracies lie in [0, 1].
Canvas draw(const TrainingCurves& curves);

}  // namespace nunchi::charts
