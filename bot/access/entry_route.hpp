// The route that turns a one-time link into a session.
#pragma once

#include <string>

#include "adapters/chat/state_store.hpp"
#include "adapters/net/http_server.hpp"
#include "bot/access/entry_key.hpp"

namespace nunchi::access {

/// GET /enter?key=…: sets the session cookie and leads to the page. A link works once, also over restarts:
/// its nonce is claimed in `state`, which must outlive the router.
void add_entry_route(net::Router& router, config::Secret token, chat::StateStore& state);

/// "http://127.0.0.1:8080/enter?key=…", valid for 15 minutes.
std::string entry_link(const std::string& base_url, const config::Secret& token, Clock::time_point now);

}  // namespace nunchi::access
