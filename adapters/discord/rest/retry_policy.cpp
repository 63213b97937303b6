#include "adapters/discord/rest/retry_policy.hpp"

#include <algorithm>

namespace nunchi::discord::rest {

RetryPolicy::RetryPolicy(RetryOptions options, bool is_repeatable, TimePoint deadline, std::uint64_t seed)
    : retries_left_(options.max_retries),
      is_repeatable_(is_repeatable),
      deadline_(deadline),
      failures_(options.backoff, seed),
      rate_limits_(options.backoff, seed + 1) {}

bool RetryPolicy::may_repeat(Outcome outcome) const {
    switch (outcome) {
        case Outcome::failed:
        case Outcome::not_sent: return true;
        case Outcome::unknown: return is_repeatable_;
        default: return false;
    }
}

std::optional<RetryPolicy::Duration> RetryPolicy::after(Outcome outcome, TimePoint now) {
    if (!may_repeat(outcome) || retries_left_ <= 0) return std::nullopt;
    --retries_left_;
    was_limited_ = false;
    return in_time(failures_.next(), now);
}

std::optional<RetryPolicy::Duration> RetryPolicy::after_rate_limit(
    std::optional<std::chrono::nanoseconds> told, TimePoint now) {
    Duration wait = std::chrono::duration_cast<Duration>(told.value_or(std::chrono::nanoseconds(0)));
    if (was_limited_ || !told) wait = std::max<Duration>(wait, rate_limits_.next());
    was_limited_ = true;
    return in_time(wait, now);
}

std::optional<RetryPolicy::Duration> RetryPolicy::in_time(Duration wait, TimePoint now) const {
    // Compared this way round, as a day added to the time is no trouble but a deadline may lie at the end of
    // it.
    return wait < deadline_ - now ? std::optional(wait) : std::nullopt;
}

}  // namespace nunchi::discord::rest
