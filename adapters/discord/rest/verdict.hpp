// What an answer, or its absence, means for the call and for what comes after it.
#pragma once

#include <boost/system/error_code.hpp>
#include <nlohmann/json.hpp>

#include "adapters/discord/rest/discord_error.hpp"
#include "adapters/discord/rest/error_body.hpp"
#include "adapters/discord/rest/lane.hpp"
#include "adapters/discord/rest/response_limits.hpp"
#include "adapters/net/http_message.hpp"

namespace nunchi::discord::rest {

/// Decides about repeating (R14).
enum class Outcome {
    success,       // 2xx
    rate_limited,  // 429: repeated when the wait is over
    failed,        // 5xx or an overload: the server did not do it; repeated a few times
    unknown,       // timeout, reset, 504: may have been done; repeated only where that is harmless
    not_sent,      // no connection came about: repeated a few times
    refused,       // any other 4xx: never repeated
    redirected,    // 3xx: never repeated
    hopeless,      // this side or the peer is set up wrongly: URL, certificate, answer beyond the limit
    cancelled,     // by the caller
};

/// Which later calls are not made for a time (R26).
enum class Mute { nothing, kind, channel };

struct Verdict {
    Outcome outcome = Outcome::success;
    bool is_answered = true;  // with any status
    Mute mute = Mute::nothing;
    bool is_token_refused = false;  // the bot's token is dead: everything that carries it stops
    bool ends_webhook = false;      // the interaction's token is dead: nothing else is affected
    bool is_invalid = false;        // Discord counts it towards the ban of R11
    bool is_our_bug = false;        // worth an error in the log
};

/// One answer, read as far as this client needs to.
struct Reading {
    int status = 0;
    nlohmann::json body;  // null when it was empty or no JSON; at most 64 levels deep
    ErrorBody error;      // of anything but a 2xx
    ResponseLimits limits;
};

/// Never throws.
Reading read_response(const net::Response& response);

Verdict judge(const Reading& reading, Lane lane);
/// For a call that got no answer.
Verdict judge(boost::system::error_code error);

}  // namespace nunchi::discord::rest
