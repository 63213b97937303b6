#include "trainer/progress_bar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>

namespace nunchi::trainer {
namespace {

constexpr int kBarWidth = 20;
constexpr std::chrono::milliseconds kInterval{100};
constexpr const char* kClearLine = "\r\x1b[2K";

template <typename... Values>
std::string print(const char* format, Values... values) {
    std::array<char, 256> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), format, values...);
    return {buffer.data(),
            static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(buffer.size()) - 1))};
}

std::string bar(double share) {
    const int filled = static_cast<int>(share * kBarWidth);
    std::string text;
    for (int i = 0; i < kBarWidth; ++i) text += i < filled ? "█" : "░";
    return text;
}

std::string minutes(double seconds) {
    const long whole = std::lround(seconds);
    if (whole >= 3600) return print("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return print("%ld:%02ld", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const FitProgress& progress, std::chrono::duration<double> elapsed,
                          double rows_before) {
    const auto rows = static_cast<double>(progress.rows);
    const auto done = static_cast<double>(progress.rows_done);
    const double share = rows > 0 ? done / rows : 0;
    const double all_done = rows * (progress.epoch - 1) + done;
    const double rate = elapsed.count() > 0 ? (all_done - rows_before) / elapsed.count() : 0;
    const double left = rate > 0 ? (rows * progress.epochs - all_done) / rate : 0;
    return print("epoch %d/%d [", progress.epoch, progress.epochs) + bar(share) +
           print("] %3.0f %%  loss %.3f  lr %.1e  %.0f rows/s  ", share * 100, progress.loss,
                 progress.learning_rate, rate) +
           minutes(left) + " left";
}

std::string epoch_line(const EpochReport& report, int epochs) {
    auto line = print("epoch %d/%d  loss %.4f  accuracy %.4f", report.epoch, epochs, report.training_loss,
                      report.training_accuracy);
    if (report.validation) {
        line += print("  validation accuracy %.4f  macro-F1 %.4f", report.validation->accuracy,
                      report.validation->macro_f1);
    }
    return line;
}

ProgressBar::ProgressBar(std::ostream& out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}

ProgressBar::~ProgressBar() {
    if (is_terminal_) out_ << kClearLine << std::flush;
}

void ProgressBar::show(const FitProgress& progress) {
    if (rows_before_ < 0) {
        rows_before_ = static_cast<double>(progress.rows) * (progress.epoch - 1) +
                       static_cast<double>(progress.rows_done);
    }
    const auto now = Clock::now();
    if (!is_terminal_ || now - last_shown_ < kInterval) return;
    last_shown_ = now;
    out_ << kClearLine << progress_line(progress, now - start_, rows_before_) << std::flush;
}

void ProgressBar::finish_epoch(const EpochReport& report, int epochs) {
    if (is_terminal_) out_ << kClearLine;
    out_ << epoch_line(report, epochs) << std::endl;
}

}  // namespace nunchi::trainer
