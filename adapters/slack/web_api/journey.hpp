// One call on its way through queue, requests and retries.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <optional>

#include "adapters/net/signal.hpp"
#include "adapters/slack/web_api/call.hpp"
#include "adapters/slack/web_api/error.hpp"
#include "adapters/slack/web_api/rate_limiter.hpp"
#include "adapters/slack/web_api/retry_policy.hpp"

namespace nunchi::slack::web_api {

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
    std::optional<errc> refusal;
};

}  // namespace nunchi::slack::web_api
