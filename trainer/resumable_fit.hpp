// A fit that tells how far it is, saves its state and goes on after a stop.
#pragma once

#include <nlohmann/json.hpp>

#include "trainer/commands.hpp"
#include "trainer/fit.hpp"
#include "trainer/start.hpp"

namespace nunchi::trainer {

/// Trains `start.weights`. The state goes to OUT.unfinished; with command.resumes it is taken up again when
/// it belongs to the same `run`. errc::cancelled: stopped by a signal, the message says how to go on.
api::outcome<FitResult> fit_resumably(const FitCommand& command, Start& start,
                                      const nlohmann::ordered_json& run, const TrainingSet& training,
                                      const TrainingSet& validation);

/// Once the model is written.
void remove_state(const FitCommand& command);

}  // namespace nunchi::trainer
