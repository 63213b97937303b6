#include "bot/cli/progress_line.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace nunchi::cli {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr const char* kClearLine = "\r\x1b[2K";

std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

}  // namespace

ProgressLine::~ProgressLine() {
    out_ << kClearLine << std::flush;
}

void ProgressLine::show(std::size_t done) {
    const auto now = Clock::now();
    if (now - last_shown_ < kInterval) return;
    last_shown_ = now;
    const std::chrono::duration<double> elapsed = now - start_;
    const auto rate = static_cast<std::size_t>(static_cast<double>(done) / std::max(elapsed.count(), 1e-3));
    out_ << kClearLine << with_commas(done) << " lines, " << with_commas(rate) << " a second" << std::flush;
}

}  // namespace nunchi::cli
