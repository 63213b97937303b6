#include "bot/pipeline/trouble_log.hpp"

#include <utility>

namespace nunchi::pipeline {
namespace {

constexpr std::chrono::seconds kQuiet{10};

}  // namespace

void TroubleLog::warn(Trouble trouble, std::string_view platform, std::string_view what, TimePoint now) {
    Last& last = last_[static_cast<std::size_t>(trouble)];
    if (last.at && now - *last.at < kQuiet) {
        ++last.left_out;
        return;
    }
    last.at = now;
    const std::size_t left_out = std::exchange(last.left_out, 0);
    if (left_out == 0) {
        log_->warn("{}: {}", platform, what);
    } else {
        log_->warn("{}: {} (and {} times since the last such line)", platform, what, left_out);
    }
}

}  // namespace nunchi::pipeline
