// What must not be sent any more: by callers whose token was refused, and methods that lack a scope.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/slack/web_api/call.hpp"
#include "adapters/slack/web_api/error.hpp"
#include "adapters/slack/web_api/slack_error.hpp"
#include "config/secret.hpp"

namespace nunchi::slack::web_api {

/// Pure: the time is passed in. A refused token stays refused; the workspace speaks again with another one
/// (after a rotation, or when the app was installed anew). All else is tried again after a while, as people
/// may have changed it.
class Stops {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit Stops(std::chrono::steady_clock::duration a_while) : a_while_(a_while) {}

    /// Why the call must not be made; nothing when it may.
    std::optional<errc> objection_to(const Call& call, TimePoint now) const;

    /// One answer. True when it has stopped something that was not stopped before.
    bool note(const Call& call, Remedy remedy, TimePoint now);
    void note_success(const Call& call);

    bool is_silenced(std::string_view team, TimePoint now) const;

private:
    struct Refusal {
        config::Secret token;
        TimePoint until;  // max(): as long as the token is this one
    };

    bool is_refused(const Call& call, TimePoint now) const;
    bool is_stopped(const Call& call, TimePoint now) const;
    bool refuse(const Call& call, TimePoint until, TimePoint now);

    std::chrono::steady_clock::duration a_while_;
    std::map<std::string, Refusal, std::less<>> refused_;                // by team
    std::map<std::pair<std::string, Method>, TimePoint> stopped_until_;  // by team and method
};

}  // namespace nunchi::slack::web_api
