#include "adapters/discord/rest/counters.hpp"

namespace nunchi::discord::rest {
namespace {

void tally_limit(Counters& counters, Scope scope) {
    switch (scope) {
        case Scope::user: ++counters.limited_user; return;
        case Scope::shared: ++counters.limited_shared; return;
        case Scope::global: ++counters.limited_global; return;
    }
}

void tally_outcome(Counters& counters, Outcome outcome, bool is_answered) {
    switch (outcome) {
        case Outcome::success: ++counters.succeeded; return;
        case Outcome::refused:
        case Outcome::redirected: ++counters.refused; return;
        case Outcome::failed: ++counters.server_errors; return;
        case Outcome::unknown: ++(is_answered ? counters.server_errors : counters.unanswered); return;
        case Outcome::not_sent:
        case Outcome::hopeless: ++counters.unanswered; return;
        case Outcome::rate_limited:
        case Outcome::cancelled: return;
    }
}

}  // namespace

void tally(Counters& counters, const Verdict& verdict, const ResponseLimits& limits) {
    tally_outcome(counters, verdict.outcome, verdict.is_answered);
    if (limits.block) tally_limit(counters, limits.block->scope);
    if (verdict.is_invalid) ++counters.invalid;
}

void tally(Counters& counters, errc why) {
    switch (why) {
        case errc::muted: ++counters.muted; return;
        case errc::too_old:
        case errc::rate_limited: ++counters.dropped_old; return;
        case errc::queue_full: ++counters.dropped_full; return;
        case errc::unauthorized:
        case errc::breaker_open:
        case errc::webhook_ended: ++counters.stopped; return;
        default: return;
    }
}

}  // namespace nunchi::discord::rest
