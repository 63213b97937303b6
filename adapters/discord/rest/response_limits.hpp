// What an answer tells about rate limits, in whatever shape a server tells it.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "adapters/net/http_message.hpp"

namespace nunchi::discord::rest {

/// What a 429 is about (R13).
enum class Scope {
    user,    // this bot in this bucket; also what a server means that does not say
    shared,  // a resource that others use too: this request alone waits, and it does not count as invalid
    global,  // the bot as a whole: everything waits but what is exempt
};

/// The state of a bucket after the request, by X-RateLimit-Limit, -Remaining and -Reset-After.
struct Window {
    int limit = 1;      // at least 1
    int remaining = 0;  // between 0 and limit
    std::chrono::nanoseconds reset_after{0};
};

struct Block {
    Scope scope = Scope::user;
    std::optional<std::chrono::nanoseconds> retry_after;  // nothing when the server did not say
};

struct ResponseLimits {
    std::string bucket;            // X-RateLimit-Bucket, opaque (D21); empty when it was not told
    std::optional<Window> window;  // nothing when a header is missing or is no number
    std::optional<Block> block;    // of a 429 only
};

/// Never fails: what cannot be read counts as not told, and what is beyond reason is cut: an hour for a
/// reset, a day for a block. X-RateLimit-Reset is not looked at, as clocks differ. `body` is null where it is
/// no JSON.
ResponseLimits parse_limits(int status, const net::Headers& headers, const nlohmann::json& body);

}  // namespace nunchi::discord::rest
