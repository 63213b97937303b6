// How long to wait before the next attempt.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace nunchi::net {

struct BackoffOptions {
    std::chrono::milliseconds first{1000};
    std::chrono::milliseconds most{60'000};
    double factor = 2.0;  // each step is this much longer than the one before it; at least 1
    double jitter = 0.5;  // the wait is drawn from [1 - jitter, 1] of the step; between 0 and 1
};

/// Exponential with jitter, for ever. Pure: the random numbers come from the seed, and the same seed gives
/// the same waits everywhere.
class Backoff {
public:
    explicit Backoff(BackoffOptions options = {}, std::uint64_t seed = std::random_device{}());

    /// The wait before the next attempt, never longer than `most`; each call is one failure more.
    std::chrono::milliseconds next();

    /// After success.
    void reset() { step_ = options_.first; }

private:
    BackoffOptions options_;
    std::chrono::milliseconds step_;
    std::mt19937_64 random_;
};

}  // namespace nunchi::net
