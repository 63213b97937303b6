// Checks tokens, scopes, connection and emoji, for `nunchi doctor`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "adapters/chat/finding.hpp"
#include "adapters/slack/adapter.hpp"
#include "adapters/slack/web_api/web_client.hpp"

namespace nunchi::slack {

using chat::Finding;

/// Asks Slack; changes nothing. The client and the options must outlive the call.
boost::asio::awaitable<std::vector<Finding>> examine(web_api::WebClient& web, const Options& options);

}  // namespace nunchi::slack
