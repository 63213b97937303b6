// What must not be sent any more, for the sake of the operator's token and address.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "adapters/discord/rest/call.hpp"
#include "adapters/discord/rest/ended_webhooks.hpp"
#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/invalid_requests.hpp"
#include "adapters/discord/rest/permission_cache.hpp"
#include "adapters/discord/rest/verdict.hpp"

namespace nunchi::discord::rest {

/// What an answer has changed for other calls.
struct Alarm {
    bool token_refused = false;   // the latch fell just now
    bool breaker_opened = false;  // the limit of invalid requests was reached just now
    bool muted = false;           // the call's kind, or all of its channel
    bool webhook_ended = false;

    bool any() const { return token_refused || breaker_opened || muted || webhook_ended; }
};

/// Pure: the time is passed in. The latch of the token never opens again (R11).
class Safeguards {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    Safeguards(std::chrono::steady_clock::duration mute_time, std::size_t max_invalid_requests);

    /// Why the call must not be made; nothing when it may. A probe is not muted by itself.
    std::optional<errc> objection_to(const Call& call, PermissionCache::Pass pass, TimePoint now) const;

    /// Right before the request.
    PermissionCache::Pass admit(const Call& call, TimePoint now) {
        return permissions_.admit(call.permission, now);
    }
    /// A probe that got no answer.
    void give_back(const Call& call) { permissions_.give_back(call.permission); }

    /// One answer. A 429 settles no probe, as the call is made again.
    Alarm note(const Call& call, PermissionCache::Pass pass, const Verdict& verdict, TimePoint now);

    void refuse_token() { is_token_refused_ = true; }
    bool is_token_refused() const { return is_token_refused_; }

private:
    bool is_token_refused_ = false;
    InvalidRequests invalid_;
    PermissionCache permissions_;
    EndedWebhooks ended_;
};

}  // namespace nunchi::discord::rest
