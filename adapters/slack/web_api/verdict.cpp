#include "adapters/slack/web_api/verdict.hpp"

#include <boost/asio/error.hpp>

#include "adapters/net/error.hpp"

namespace nunchi::slack::web_api {
namespace {

namespace asio = boost::asio;

bool is_so_already(Method method, SlackError error) {
    return (method == Method::reactions_add && error == SlackError::already_reacted) ||
           (method == Method::reactions_remove && error == SlackError::no_reaction);
}

Outcome outcome_of(Remedy remedy) {
    switch (remedy) {
        case Remedy::wait_told: return Outcome::rate_limited;
        case Remedy::retry: return Outcome::not_done;
        case Remedy::retry_if_harmless: return Outcome::unknown;
        default: return Outcome::refused;
    }
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

Verdict judge(Method method, const Reading& reading) {
    Verdict verdict;
    if (reading.is_ok || is_so_already(method, reading.error)) return verdict;
    verdict.outcome = Outcome::unknown;
    if (reading.status == 429) {
        verdict.outcome = Outcome::rate_limited;
        return verdict;
    }
    if (reading.error != SlackError::none) {
        verdict.remedy = remedy_for(reading.error);
        verdict.outcome = outcome_of(verdict.remedy);
        return verdict;
    }
    if (reading.status >= 300 && reading.status < 400) verdict.outcome = Outcome::redirected;
    if (reading.status >= 400 && reading.status < 500) verdict.outcome = Outcome::refused;
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

}  // namespace nunchi::slack::web_api
