#include "adapters/discord/rest/safeguards.hpp"

namespace nunchi::discord::rest {

Safeguards::Safeguards(std::chrono::steady_clock::duration mute_time, std::size_t max_invalid_requests)
    : invalid_(max_invalid_requests), permissions_(mute_time) {}

std::optional<errc> Safeguards::objection_to(const Call& call, PermissionCache::Pass pass,
                                             TimePoint now) const {
    if (call.route.path.empty()) return errc::bad_route;
    if (call.lane == Lane::ordinary && is_token_refused_) return errc::unauthorized;
    if (call.lane == Lane::interaction && ended_.contains(call.route.major, now)) return errc::webhook_ended;
    // Discord counts by address, so that interactions stop too.
    if (invalid_.is_open(now)) return errc::breaker_open;
    const bool is_muted = pass != PermissionCache::Pass::probe && permissions_.is_muted(call.permission, now);
    return is_muted ? std::optional(errc::muted) : std::nullopt;
}

Alarm Safeguards::note(const Call& call, PermissionCache::Pass pass, const Verdict& verdict, TimePoint now) {
    Alarm alarm;
    if (verdict.is_invalid) {
        const bool was_open = invalid_.is_open(now);
        invalid_.add(now);
        alarm.breaker_opened = !was_open && invalid_.is_open(now);
    }
    if (verdict.is_token_refused) {
        alarm.token_refused = !is_token_refused_;
        refuse_token();
    }
    if (verdict.ends_webhook) {
        ended_.add(call.route.major, now);
        alarm.webhook_ended = true;
    }
    if (verdict.outcome == Outcome::success || verdict.outcome == Outcome::refused) {
        alarm.muted = permissions_.settle(call.permission, pass, verdict.outcome, verdict.mute, now);
    }
    return alarm;
}

}  // namespace nunchi::discord::rest
