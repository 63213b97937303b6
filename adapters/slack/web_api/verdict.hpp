// What an answer, or its absence, means for the call and for what comes after it.
#pragma once

#include <boost/system/error_code.hpp>

#include "adapters/slack/web_api/reading.hpp"

namespace nunchi::slack::web_api {

/// Decides about repeating (section 3.3).
enum class Outcome {
    success,       // ok, or what was asked for is so already: already_reacted, no_reaction
    rate_limited,  // repeated when the wait is over
    not_done,      // Slack says so: repeated a few times
    unknown,       // timeout, reset, 5xx, an answer that is not Slack's: repeated only where that is harmless
    not_sent,      // no connection came about: repeated a few times
    refused,       // final for the call
    redirected,    // 3xx: never repeated
    hopeless,      // this side or the peer is set up wrongly: URL, certificate, answer beyond the limit
    cancelled,     // by the caller
};

struct Verdict {
    Outcome outcome = Outcome::success;
    Remedy remedy = Remedy::drop;  // for the calls that follow; drop: nothing
    bool is_answered = true;       // with any status
};

Verdict judge(Method method, const Reading& reading);
/// For a call that got no answer.
Verdict judge(boost::system::error_code error);

}  // namespace nunchi::slack::web_api
