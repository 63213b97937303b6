// What the Web API client counts, for the metrics (X26): by method and by error code, never by workspace.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "adapters/slack/web_api/error.hpp"
#include "adapters/slack/web_api/method.hpp"
#include "adapters/slack/web_api/slack_error.hpp"
#include "adapters/slack/web_api/verdict.hpp"

namespace nunchi::slack::web_api {

struct MethodCounters {
    // Requests, by what came of them.
    std::uint64_t succeeded = 0;
    std::uint64_t refused = 0;
    std::uint64_t rate_limited = 0;
    std::uint64_t server_errors = 0;
    std::uint64_t unanswered = 0;  // timeouts, resets, no connection
    std::uint64_t retries = 0;     // after anything but a 429
    // Calls that ended without an answer.
    std::uint64_t dropped_old = 0;   // too old, or the rate limit left no room in time
    std::uint64_t dropped_full = 0;  // no place in the queue, or pushed out by newer ones
    std::uint64_t stopped = 0;       // by a refused token or a missing scope
    std::uint64_t outcome_unknown = 0;
};

struct Counters {
    std::array<MethodCounters, kMethodCount> by_method{};
    std::array<std::uint64_t, kSlackErrorCount> by_error{};  // answers whose ok was false; none: never
    std::size_t waiting = 0;                                 // now

    const MethodCounters& of(Method method) const { return by_method[static_cast<std::size_t>(method)]; }
    MethodCounters& of(Method method) { return by_method[static_cast<std::size_t>(method)]; }
    std::uint64_t of(SlackError error) const { return by_error[static_cast<std::size_t>(error)]; }
};

/// One request more. `error` is that of its answer.
void tally(Counters& counters, Method method, const Verdict& verdict, SlackError error);
/// One call more that ended with this.
void tally(Counters& counters, Method method, errc why);

}  // namespace nunchi::slack::web_api
