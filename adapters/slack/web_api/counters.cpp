#include "adapters/slack/web_api/counters.hpp"

namespace nunchi::slack::web_api {

void tally(Counters& counters, Method method, const Verdict& verdict, SlackError error) {
    if (error != SlackError::none) ++counters.by_error[static_cast<std::size_t>(error)];
    MethodCounters& of = counters.of(method);
    switch (verdict.outcome) {
        case Outcome::success: ++of.succeeded; return;
        case Outcome::rate_limited: ++of.rate_limited; return;
        case Outcome::refused:
        case Outcome::redirected: ++of.refused; return;
        case Outcome::not_done:
        case Outcome::unknown: ++(verdict.is_answered ? of.server_errors : of.unanswered); return;
        case Outcome::not_sent:
        case Outcome::hopeless: ++of.unanswered; return;
        case Outcome::cancelled: return;
    }
}

void tally(Counters& counters, Method method, errc why) {
    MethodCounters& of = counters.of(method);
    switch (why) {
        case errc::too_old:
        case errc::rate_limited: ++of.dropped_old; return;
        case errc::queue_full:
        case errc::pushed_out: ++of.dropped_full; return;
        case errc::silenced:
        case errc::method_stopped: ++of.stopped; return;
        case errc::outcome_unknown: ++of.outcome_unknown; return;
        default: return;
    }
}

}  // namespace nunchi::slack::web_api
