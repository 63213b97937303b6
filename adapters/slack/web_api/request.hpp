// A call as the HTTP request that Slack expects.
#pragma once

#include <chrono>
#include <string>

#include "adapters/net/http_client.hpp"
#include "adapters/slack/web_api/call.hpp"

namespace nunchi::slack::web_api {

struct Origin {
    std::string base_url;  // "https://slack.com/api"
    std::string user_agent;
};

/// Whether the call can be sent at all: its arguments are an object, and its URL is there where it needs one.
bool is_well_formed(const Call& call);

/// Of a well-formed call. Text that is no UTF-8 is repaired, never thrown over. The token never stands in a
/// body (S1), and never goes to a URL that came with a payload.
net::ClientRequest request_of(const Origin& origin, const Call& call,
                              std::chrono::steady_clock::duration timeout);

}  // namespace nunchi::slack::web_api
