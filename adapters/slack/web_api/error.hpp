// Why a call of Slack's Web API has no answer, as values.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::slack::web_api {

/// Beside these, errors of adapters/net and of the system come as they are: no connection came about, or the
/// call was cancelled (operation_aborted).
enum class errc {
    silenced = 1,     // the caller's token was refused, now or before, or its workspace lets nobody in
    method_stopped,   // a scope or permission was missing lately for this method: not sent
    too_old,          // the call waited longer than its max_age: dropped
    queue_full,       // too many calls wait: not sent
    pushed_out,       // newer calls took its place in the queue: dropped (section 3.4)
    bad_call,         // arguments that are no object, or a URL that is missing: a bug of the caller
    refused,          // ok was false: see Failure::error; the same call would be refused again
    rate_limited,     // the rate limit leaves no room within max_age
    server_error,     // Slack failed, and the retries are used up; nothing was done, or doing it again is
                      // harmless
    outcome_unknown,  // it may have been done, and must not be done twice (W10)
    redirected,       // a 3xx: the base URL is wrong; not followed, so that the token stays here
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

}  // namespace nunchi::slack::web_api

template <>
struct boost::system::is_error_code_enum<nunchi::slack::web_api::errc> : std::true_type {};
