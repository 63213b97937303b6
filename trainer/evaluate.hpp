// A model's answers to labelled rows, counted and shown.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>

#include "classifier/model/emotion_model.hpp"
#include "trainer/metrics.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {

/// The most probable emotion of every row; thresholds are not applied.
std::vector<api::Emotion> predict(const model::EmotionModel& model, const TrainingSet& set);

/// {"rows", "accuracy", "macro_f1", "classes": {"공포": {"precision", "recall", "f1", "support"}, …},
///  "confusion": {"labels": [...], "matrix": [[...], ...]}}; the matrix has a row for each true label.
nlohmann::ordered_json to_json(const Metrics& metrics);

/// The same as a table for people.
void print(std::ostream& out, const Metrics& metrics);

}  // namespace nunchi::trainer
