#include "trainer/training_progress.hpp"

#include <unistd.h>

#include <iostream>
#include <utility>

namespace nunchi::trainer {

TrainingProgress::TrainingProgress(std::string form, int epochs)
    : form_(std::move(form)),
      epochs_(epochs),
      bar_(std::cerr, form_ == "bar" || (form_ == "auto" && isatty(STDERR_FILENO) == 1)),
      json_(std::cout) {}

void TrainingProgress::show(const FitProgress& progress) {
    if (form_ == "json") {
        json_.show(progress);
    } else if (form_ != "none") {
        bar_.show(progress);
    }
}

void TrainingProgress::finish_epoch(const EpochReport& report) {
    if (form_ == "json") {
        json_.finish_epoch(report);
    } else if (form_ != "none") {
        bar_.finish_epoch(report, epochs_);
    }
}

}  // namespace nunchi::trainer
