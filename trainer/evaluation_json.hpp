// An evaluation for programs, and for the model folder.
#pragma once

#include <nlohmann/json.hpp>

#include "trainer/evaluation.hpp"

namespace nunchi::trainer {

/// {"rows", "accuracy", "macro_f1", "top2_accuracy",
///  "classes": {"공포": {"precision", "recall", "f1", "support"}, …},
///  "confusion": {"labels": [...], "matrix": [[...], ...]},
///  "calibration": {"ece", "bins": [{"lower", "upper", "rows", "confidence", "accuracy"}, …]},
///  "selective": [{"coverage", "rows", "least_confidence", "accuracy"}, …],
///  "abstention": {"answered", "accuracy"}}; the matrix has a row for each true label.
nlohmann::ordered_json to_json(const Evaluation& evaluation);

/// {"model", "accuracy", "macro_f1",
///  "difference": {"accuracy": {"value", "low", "high"}, "macro_f1": {…}, "resamples", "seed"},
///  "mcnemar": {"only_model", "only_against", "test", "statistic", "p_value"}}
nlohmann::ordered_json to_json(const Comparison& comparison);

}  // namespace nunchi::trainer
