// What a model says to every row, before calibration.
#pragma once

#include <vector>

#include "classifier/model/bert_weights.hpp"
#include "classifier/model/emotion_model.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "trainer/answers.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {

/// By row. Throws c10::Error.
std::vector<Logits> logits_of(const model::EmotionModel& model, const TrainingSet& set);

/// Of weights in training, whose labels are in the order of api::kEmotions; without dropout.
std::vector<Logits> logits_of(const model::BertWeights& weights, const model_folder::BertConfig& config,
                              const TrainingSet& set);

}  // namespace nunchi::trainer
