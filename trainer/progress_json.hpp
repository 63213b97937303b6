// Progress of training for programs: one JSON object a line.
#pragma once

#include <chrono>
#include <iosfwd>

#include "trainer/fit.hpp"

namespace nunchi::trainer {

class ProgressJson {
public:
    explicit ProgressJson(std::ostream& out) : out_(out) {}

    /// {"event": "progress", "epoch", "epochs", "rows_done", "rows", "loss", "learning_rate",
    ///  "rows_per_second", "seconds_left"}; at most twice a second, and at the end of an epoch.
    void show(const FitProgress& progress);

    /// {"event": "epoch", …} with the fields of to_json(EpochReport).
    void finish_epoch(const EpochReport& report);

private:
    using Clock = std::chrono::steady_clock;

    std::ostream& out_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_shown_{};
    double rows_before_ = -1;  // of the epochs that another process trained
};

}  // namespace nunchi::trainer
