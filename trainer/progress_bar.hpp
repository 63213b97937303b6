// Progress of training on a terminal.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "trainer/fit.hpp"

namespace nunchi::trainer {

/// "epoch 2/8 [██████░░░░░░░░░░░░░░]  31 %  loss 1.532  lr 4.1e-04  2,310 rows/s  0:42 left"
/// `elapsed` counts from the start; `rows_before` of all epochs were trained before it, by a run that
/// stopped.
std::string progress_line(const FitProgress& progress, std::chrono::duration<double> elapsed,
                          double rows_before = 0);

/// "epoch 2/8  loss 1.5320  accuracy 0.4213  validation accuracy 0.4307  macro-F1 0.4188"
std::string epoch_line(const EpochReport& report, int epochs);

/// Rewrites one line on a terminal, at most ten times a second; elsewhere shows the finished epochs only.
class ProgressBar {
public:
    ProgressBar(std::ostream& out, bool is_terminal);

    /// Clears the line, so that what comes next does not stand behind it.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(const FitProgress& progress);
    void finish_epoch(const EpochReport& report, int epochs);

private:
    using Clock = std::chrono::steady_clock;

    std::ostream& out_;
    bool is_terminal_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_shown_{};
    double rows_before_ = -1;  // negative: not known yet
};

}  // namespace nunchi::trainer
