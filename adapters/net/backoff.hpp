// How long to wait before the next attempt.
#pragma once

#include <chrono>
#include <random>

namespace nunchi::net {

struct BackoffOptions {
    std::chrono::milliseconds first{1000};
    std::chrono::milliseconds most{60'000};
    double factor = 2.0;
    double jitter = 0.5;  // the wait is drawn from [1 - jitter, 1] of the step
};

/// Exponential with jitter, for ever. Pure: the random numbers come from the seed.
class Backoff {
public:
    explicit Backoff(BackoffOptions options = {}, std::uint64_t seed = std::random_device{}());

    /// The wait before the next attempt; each call is one failure more.
    std::chrono::milliseconds next();

    /// After success.
    void reset() { step_ = options_.first; }

private:
    BackoffOptions options_;
    std::chrono::milliseconds step_;
    std::mt19937_64 random_;
};

}  // namespace nunchi::net
