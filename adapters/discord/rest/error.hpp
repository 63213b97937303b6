// Why a call of Discord's REST API has no answer, as values.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::discord::rest {

/// Beside these, errors of adapters/net and of the system come as they are: the connection failed, or the
/// call was cancelled (operation_aborted).
enum class errc {
    unauthorized = 1,  // the bot's token was refused, now or before: nothing more is sent with it
    muted,             // a 403 came for this kind of call lately (R26): not sent
    breaker_open,      // too many invalid requests in ten minutes (R11): not sent; try again minutes later
    too_old,           // the call waited longer than its max_age: dropped
    queue_full,        // too many calls wait: not sent
    webhook_ended,     // the interaction's token is dead (401 or 404 before): not sent
    bad_route,         // an id or token that is none: a bug of the caller, or forged input
    refused,           // a 4xx: the same call would be refused again; see discord_code
    rate_limited,      // a 429 whose wait does not fit in max_age
    server_error,      // a 5xx that outlived the retries
    redirected,        // a 3xx: the base URL is wrong; not followed, so that the token stays here
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

}  // namespace nunchi::discord::rest

template <>
struct boost::system::is_error_code_enum<nunchi::discord::rest::errc> : std::true_type {};
