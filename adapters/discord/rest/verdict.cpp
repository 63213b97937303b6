#include "adapters/discord/rest/verdict.hpp"

#include <boost/asio/error.hpp>

#include "adapters/net/error.hpp"

namespace nunchi::discord::rest {
namespace {

namespace asio = boost::asio;

Outcome outcome_of(int status, Remedy remedy) {
    if (status >= 200 && status < 300) return Outcome::success;
    if (status == 429) return Outcome::rate_limited;
    // A gateway that gave up does not know what became of the request.
    if (status == 504) return Outcome::unknown;
    if (status >= 500 || remedy == Remedy::retry_later) return Outcome::failed;
    return status >= 400 ? Outcome::refused : Outcome::redirected;
}

Mute mute_of(int status, Remedy remedy) {
    switch (remedy) {
        case Remedy::mute_channel: return Mute::channel;
        case Remedy::mute_kind: return Mute::kind;
        case Remedy::by_status: return status == 403 ? Mute::kind : Mute::nothing;
        default: return Mute::nothing;
    }
}

bool is_dead_webhook(int status, Remedy remedy) {
    if (status == 401 || remedy == Remedy::end_webhook) return true;
    // A message that a person has deleted is a 404 too, and the webhook lives on.
    return status == 404 && remedy != Remedy::drop;
}

/// 401, 403 and 429, but for a limit that others have used up (R11).
bool is_invalid(const Reading& reading) {
    if (reading.status == 401 || reading.status == 403) return true;
    return reading.limits.block && reading.limits.block->scope != Scope::shared;
}

/// Drops the values that are nested deeper than anything of Discord's: to copy such a one recurses.
bool is_shallow(int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
    constexpr int kDeepest = 64;
    return depth <= kDeepest;
}

/// Never sent, or never beyond the dial.
bool is_not_sent(boost::system::error_code error) {
    return error == net::errc::too_many || error == asio::error::connection_refused ||
           error == asio::error::host_not_found || error == asio::error::host_not_found_try_again ||
           error == asio::error::host_unreachable || error == asio::error::network_unreachable ||
           error == asio::error::network_down || error == net::errc::proxy_refused;
}

bool is_hopeless(boost::system::error_code error) {
    return error == net::errc::bad_url || error == net::errc::plain_not_allowed ||
           error == net::errc::bad_certificate || error == net::errc::bad_request ||
           error == net::errc::too_large;
}

}  // namespace

Reading read_response(const net::Response& response) {
    Reading reading;
    reading.status = response.status;
    reading.body = nlohmann::json::parse(response.body, is_shallow, false);
    if (reading.body.is_discarded()) reading.body = nullptr;
    if (response.status < 200 || response.status >= 300) reading.error = parse_error(reading.body);
    reading.limits = parse_limits(response.status, response.headers, reading.body);
    return reading;
}

Verdict judge(const Reading& reading, Lane lane) {
    const Remedy remedy = remedy_for(reading.error.code);
    Verdict verdict;
    verdict.outcome = outcome_of(reading.status, remedy);
    verdict.is_invalid = is_invalid(reading);
    if (verdict.outcome != Outcome::refused) return verdict;
    const bool is_auth_failure = reading.status == 401 || remedy == Remedy::stop_the_token;
    verdict.is_token_refused = lane == Lane::ordinary && is_auth_failure;
    verdict.ends_webhook = lane == Lane::interaction && is_dead_webhook(reading.status, remedy);
    verdict.is_our_bug = remedy == Remedy::report_bug;
    if (!is_auth_failure) verdict.mute = mute_of(reading.status, remedy);
    return verdict;
}

Verdict judge(boost::system::error_code error) {
    Verdict verdict;
    verdict.is_answered = false;
    verdict.outcome = Outcome::unknown;
    if (error == asio::error::operation_aborted) verdict.outcome = Outcome::cancelled;
    if (is_not_sent(error)) verdict.outcome = Outcome::not_sent;
    if (is_hopeless(error)) verdict.outcome = Outcome::hopeless;
    return verdict;
}

}  // namespace nunchi::discord::rest
