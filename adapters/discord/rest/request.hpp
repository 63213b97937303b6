// A call as the HTTP request that Discord expects.
#pragma once

#include <chrono>
#include <string>

#include "adapters/discord/rest/call.hpp"
#include "adapters/discord/rest/verdict.hpp"
#include "adapters/net/http_client.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::rest {

struct Origin {
    std::string base_url;
    config::Secret token;
    std::string user_agent;
};

/// The bot's token goes with ordinary calls only (I3). Text that is no UTF-8 is repaired, never thrown over.
net::ClientRequest request_of(const Origin& origin, const Call& call,
                              std::chrono::steady_clock::duration timeout);

/// "POST /channels/{channel}/messages: 400, Discord code 50035 (content: BASE_TYPE_MAX_LENGTH)", for the log.
std::string describe(const Call& call, const Reading& reading);
std::string describe(const Call& call, boost::system::error_code error);

}  // namespace nunchi::discord::rest
