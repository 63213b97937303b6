// One call on its way through queue, requests and retries.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <optional>

#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/permission_cache.hpp"
#include "adapters/discord/rest/rate_limiter.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/discord/rest/retry_policy.hpp"
#include "adapters/net/signal.hpp"

namespace nunchi::discord::rest {

struct Journey {
    using TimePoint = std::chrono::steady_clock::time_point;

    Journey(const boost::asio::any_io_executor& executor, CallId number, Call what, TimePoint start,
            const RetryOptions& retry_options);

    CallId id;
    Call call;
    TimePoint deadline;
    RetryPolicy retries;
    /// Set when the call may leave, or must not leave at all (see refusal).
    net::Signal turn;
    bool is_queued = false;  // in the rate limiter, for a turn to come
    std::optional<errc> refusal;
    PermissionCache::Pass pass = PermissionCache::Pass::open;
};

}  // namespace nunchi::discord::rest
