// Makes a trained model's probabilities honest, and measures it as it will be served.
#pragma once

#include <nlohmann/json.hpp>

#include "classifier/calibration/calibration.hpp"
#include "classifier/model/bert_weights.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "trainer/evaluation.hpp"
#include "trainer/training_set.hpp"

namespace nunchi::trainer {

struct Calibrated {
    calibration::Calibration calibration;
    nlohmann::ordered_json ledger;  // for the provenance: on what it was fitted, and what it changed
    Evaluation test;                // of the calibrated model
};

/// Fits temperature and thresholds on `validation`, rows of the training part that chose the epoch at most;
/// `abstain_precision`: what the answers of each emotion shall reach there. Without validation rows nothing
/// is fitted, and the model never abstains.
Calibrated calibrate(const model::BertWeights& weights, const model_folder::BertConfig& config,
                     const TrainingSet& validation, const TrainingSet& test, double abstain_precision);

}  // namespace nunchi::trainer
