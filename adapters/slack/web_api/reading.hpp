// One answer of Slack, read as far as this client needs to.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/http_message.hpp"
#include "adapters/slack/web_api/method.hpp"
#include "adapters/slack/web_api/slack_error.hpp"

namespace nunchi::slack::web_api {

struct Reading {
    int status = 0;
    nlohmann::json body;     // null when it was empty or no JSON; at most 64 levels deep
    bool is_ok = false;      // Slack says that it did it
    bool is_slacks = false;  // has the form of an answer of Slack; a proxy's page has not (W2)
    SlackError error = SlackError::none;
    std::string error_code{};  // as Slack wrote it: letters, digits and underscores, else "?"
    std::string needed{};      // scopes, of missing_scope
    std::string provided{};
    std::vector<std::string> warnings{};  // codes
    std::string scopes{};  // of the token, as the header X-OAuth-Scopes tells them: with commas
    std::optional<std::chrono::seconds> retry_after{};
};

/// Never throws. A URL of a payload answers with a status and any text.
Reading read_response(Method method, const net::Response& response);

}  // namespace nunchi::slack::web_api
