// A counter that rewrites one line of a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>

namespace nunchi::cli {

class ProgressLine {
public:
    explicit ProgressLine(std::ostream& out) : out_(out) {}

    /// Clears the line.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// "12,345 lines, 3,400 a second", at most ten times a second.
    void show(std::size_t done);

private:
    using Clock = std::chrono::steady_clock;

    std::ostream& out_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_shown_{};
};

}  // namespace nunchi::cli
