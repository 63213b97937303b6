// What the REST client counts.
#pragma once

#include <cstddef>
#include <cstdint>

#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/response_limits.hpp"
#include "adapters/discord/rest/verdict.hpp"

namespace nunchi::discord::rest {

/// What happened since the start, for the metrics.
struct Counters {
    // Requests, by what came of them.
    std::uint64_t succeeded = 0;
    std::uint64_t refused = 0;        // 3xx and 4xx but 429
    std::uint64_t server_errors = 0;  // 5xx and overloads
    std::uint64_t unanswered = 0;     // timeouts, resets, no connection
    // 429 by scope.
    std::uint64_t limited_user = 0;
    std::uint64_t limited_shared = 0;
    std::uint64_t limited_global = 0;
    std::uint64_t invalid = 0;  // what Discord counts towards its ban (R11)
    std::uint64_t retries = 0;  // after anything but a 429
    // Calls that were given up without a request, or before their next one.
    std::uint64_t muted = 0;
    std::uint64_t dropped_old = 0;  // too old, or the rate limit left no room in time
    std::uint64_t dropped_full = 0;
    std::uint64_t stopped = 0;  // by a refused token, a dead webhook, or the limit of invalid requests
    std::size_t waiting = 0;    // now
};

/// One request more. `limits` of its answer; those of a call without an answer are empty.
void tally(Counters& counters, const Verdict& verdict, const ResponseLimits& limits);
/// One call more that was given up without a request.
void tally(Counters& counters, errc why);

}  // namespace nunchi::discord::rest
