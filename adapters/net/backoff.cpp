#include "adapters/net/backoff.hpp"

#include <algorithm>

namespace nunchi::net {
namespace {

using std::chrono::milliseconds;

/// Settings that make no sense count as the nearest that does.
BackoffOptions sensible(BackoffOptions options) {
    options.most = std::max(options.most, milliseconds::zero());
    options.first = std::clamp(options.first, milliseconds::zero(), options.most);
    options.factor = std::max(options.factor, 1.0);
    options.jitter = std::clamp(options.jitter, 0.0, 1.0);
    return options;
}

/// From [0, 1). The distributions of the standard library differ from one implementation to the next.
double unit_interval(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11U) * 0x1p-53;
}

milliseconds scaled(milliseconds duration, double factor) {
    return std::chrono::duration_cast<milliseconds>(duration * factor);
}

}  // namespace

Backoff::Backoff(BackoffOptions options, std::uint64_t seed)
    : options_(sensible(options)), step_(options_.first), random_(seed) {}

milliseconds Backoff::next() {
    const milliseconds wait = scaled(step_, 1.0 - options_.jitter * unit_interval(random_));
    // Compared before the cast: the step times the factor may lie beyond what milliseconds can hold.
    const bool stays_below =
        std::chrono::duration<double, std::milli>(step_) * options_.factor < options_.most;
    step_ = stays_below ? scaled(step_, options_.factor) : options_.most;
    return wait;
}

}  // namespace nunchi::net
