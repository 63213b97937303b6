#include "adapters/slack/web_api/stops.hpp"

#include <algorithm>

namespace nunchi::slack::web_api {

namespace {

/// Only what carries a token has one to lose.
bool has_token(const Call& call) {
    return !traits(call.method).has_url && !call.caller.token.empty();
}

}  // namespace

bool Stops::is_refused(const Call& call, TimePoint now) const {
    const auto refusal = refused_.find(call.caller.team);
    return refusal != refused_.end() && now < refusal->second.until &&
           refusal->second.token == call.caller.token;
}

bool Stops::is_stopped(const Call& call, TimePoint now) const {
    const auto stopped = stopped_until_.find({call.caller.team, call.method});
    return stopped != stopped_until_.end() && now < stopped->second;
}

std::optional<errc> Stops::objection_to(const Call& call, TimePoint now) const {
    if (!has_token(call)) return std::nullopt;
    if (is_refused(call, now)) return errc::silenced;
    return is_stopped(call, now) ? std::optional(errc::method_stopped) : std::nullopt;
}

bool Stops::refuse(const Call& call, TimePoint until, TimePoint now) {
    if (is_refused(call, now)) {
        TimePoint& known = refused_.at(call.caller.team).until;
        known = std::max(known, until);
        return false;
    }
    refused_.insert_or_assign(call.caller.team, Refusal{.token = call.caller.token, .until = until});
    return true;
}

bool Stops::note(const Call& call, Remedy remedy, TimePoint now) {
    if (!has_token(call)) return false;
    switch (remedy) {
        case Remedy::stop_token: return refuse(call, TimePoint::max(), now);
        case Remedy::stop_team_a_while: return refuse(call, now + a_while_, now);
        case Remedy::stop_method_a_while: {
            const bool is_new = !is_stopped(call, now);
            stopped_until_.insert_or_assign({call.caller.team, call.method}, now + a_while_);
            return is_new;
        }
        default: return false;
    }
}

void Stops::note_success(const Call& call) {
    const auto refusal = refused_.find(call.caller.team);
    if (refusal == refused_.end() || call.caller.token.empty()) return;
    // An answer that was under way when the token was refused proves nothing.
    if (refusal->second.token != call.caller.token) refused_.erase(refusal);
}

bool Stops::is_silenced(std::string_view team, TimePoint now) const {
    const auto refusal = refused_.find(team);
    return refusal != refused_.end() && now < refusal->second.until;
}

}  // namespace nunchi::slack::web_api
