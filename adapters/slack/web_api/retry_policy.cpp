#include "adapters/slack/web_api/retry_policy.hpp"

#include <algorithm>

namespace nunchi::slack::web_api {

RetryPolicy::RetryPolicy(RetryOptions options, bool is_repeatable, TimePoint deadline, std::uint64_t seed)
    : retries_left_(options.max_retries),
      is_repeatable_(is_repeatable),
      deadline_(deadline),
      failures_(options.backoff, seed),
      rate_limits_(options.backoff, seed + 1) {}

bool RetryPolicy::may_repeat(Outcome outcome) const {
    switch (outcome) {
        case Outcome::not_done:
        case Outcome::not_sent: return true;
        case Outcome::unknown: return is_repeatable_;
        default: return false;
    }
}

std::optional<RetryPolicy::Duration> RetryPolicy::after(Outcome outcome, TimePoint now) {
    if (!may_repeat(outcome) || retries_left_ <= 0) return std::nullopt;
    --retries_left_;
    was_limited_ = false;
    const Duration wait = failures_.next();
    return wait < deadline_ - now ? std::optional(wait) : std::nullopt;
}

RetryPolicy::Duration RetryPolicy::after_rate_limit(std::optional<std::chrono::seconds> told) {
    Duration wait = told.value_or(std::chrono::seconds(0));
    if (was_limited_ || !told) wait = std::max<Duration>(wait, rate_limits_.next());
    was_limited_ = true;
    return wait;
}

}  // namespace nunchi::slack::web_api
