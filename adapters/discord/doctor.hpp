// Checks token, intents, servers, permissions and commands, for `nunchi doctor`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "adapters/chat/finding.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/discord/translate.hpp"

namespace nunchi::discord {

using chat::Finding;

/// Where an admin of a server lets the bot in, with exactly the permissions that it needs.
std::string invite_link(const std::string& application);

/// Asks Discord; changes nothing. The channels of at most ten servers are looked at. The client must outlive
/// the call.
boost::asio::awaitable<std::vector<Finding>> examine(rest::RestClient& rest, Profile profile);

}  // namespace nunchi::discord
