// One call of the Web API, as its maker wants it.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/slack/web_api/method.hpp"
#include "config/secret.hpp"

namespace nunchi::slack::web_api {

/// Whose call it is. Limits and refusals of one caller touch no other.
struct Caller {
    std::string team;        // "T123"; of the app-level token: empty
    config::Secret token{};  // xoxb-, or xapp- for apps.connections.open; may be empty for oauth.v2.access
};

struct Call {
    Method method = Method::auth_test;
    Caller caller{};
    /// The arguments by name; an object. Null values are left out. In a form or query, lists and objects are
    /// written as JSON.
    nlohmann::json arguments = nlohmann::json::object();
    std::string url{};            // of Method::upload and Method::response_url
    std::string bytes{};          // of Method::upload
    bool is_second_rank = false;  // behind all others of the method: what an edit changes (section 3.4)
    /// The work is dropped when it is older than this, waiting included. A limit counts over a minute: what
    /// may wait for the next one needs more than that.
    std::chrono::steady_clock::duration max_age = std::chrono::seconds(60);
};

}  // namespace nunchi::slack::web_api
