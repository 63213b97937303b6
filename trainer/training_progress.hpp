// Progress of training in the form that was asked for.
#pragma once

#include <string>

#include "trainer/progress_bar.hpp"
#include "trainer/progress_json.hpp"

namespace nunchi::trainer {

class TrainingProgress {
public:
    /// `form`: auto, bar, lines, json (on standard output) or none.
    TrainingProgress(std::string form, int epochs);

    void show(const FitProgress& progress);
    void finish_epoch(const EpochReport& report);

private:
    std::string form_;
    int epochs_;
    ProgressBar bar_;
    ProgressJson json_;
};

}  // namespace nunchi::trainer
