// A rate with room for a burst.
#pragma once

#include <chrono>

namespace nunchi::web {

struct TokenBucketOptions {
    double per_second = 20;
    double burst = 100;
};

/// Starts full. Time is passed in and may stand still, never go back.
class TokenBucket {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    TokenBucket(TokenBucketOptions options, TimePoint now)
        : options_(options), tokens_(options.burst), last_(now) {}

    /// Takes one token; false when there is none, and then nothing is taken.
    bool take(TimePoint now);

private:
    TokenBucketOptions options_;
    double tokens_;
    TimePoint last_;
};

}  // namespace nunchi::web
