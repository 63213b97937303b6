// Whether one call is made again, and after which wait (section 3.3).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "adapters/net/backoff.hpp"
#include "adapters/slack/web_api/verdict.hpp"

namespace nunchi::slack::web_api {

struct RetryOptions {
    int max_retries = 3;  // a 429 does not count
    net::BackoffOptions backoff{.first = std::chrono::milliseconds(500), .most = std::chrono::seconds(10)};
};

/// Pure: the time is passed in. One of it belongs to one call.
class RetryPolicy {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    /// A repeatable call does no harm when it is made twice. Nothing is repeated that would leave after the
    /// deadline.
    RetryPolicy(RetryOptions options, bool is_repeatable, TimePoint deadline, std::uint64_t seed);

    /// The wait before the next attempt; nothing: there is none. Not for rate_limited.
    std::optional<Duration> after(Outcome outcome, TimePoint now);

    /// How long a 429 closes the bucket. What Slack says is never shortened, but made longer from the second
    /// one in a row on, so that a server that says 0 is not hammered; where it says nothing the back-off
    /// alone counts.
    Duration after_rate_limit(std::optional<std::chrono::seconds> told);

private:
    bool may_repeat(Outcome outcome) const;

    int retries_left_;
    bool is_repeatable_;
    TimePoint deadline_;
    net::Backoff failures_;
    net::Backoff rate_limits_;
    bool was_limited_ = false;
};

}  // namespace nunchi::slack::web_api
