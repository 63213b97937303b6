#include "trainer/stop_signal.hpp"

#include <csignal>

namespace nunchi::trainer {
namespace {

volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int) {
    stop_requested = 1;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

}  // namespace

void watch_stop_signals() {
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
}

bool is_stop_requested() {
    return stop_requested != 0;
}

}  // namespace nunchi::trainer
