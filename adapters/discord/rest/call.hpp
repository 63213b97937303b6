// One request to Discord, as its maker wants it.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/discord/rest/lane.hpp"
#include "adapters/discord/rest/route.hpp"

namespace nunchi::discord::rest {

struct Call {
    Route route;
    nlohmann::json body;  // null: none
    Lane lane = Lane::ordinary;
    /// A POST that Discord itself makes once (enforced nonce) may be sent again when its outcome is unknown;
    /// GET, PUT, PATCH and DELETE always may.
    bool is_repeatable = false;
    /// What a 403 mutes: "123/reply", "123/reaction". Empty: nothing.
    std::string permission;
    /// The work is dropped when it is older than this, waiting included.
    std::chrono::steady_clock::duration max_age = std::chrono::seconds(60);
};

}  // namespace nunchi::discord::rest
