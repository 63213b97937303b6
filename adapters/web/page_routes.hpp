// Serves the page.
#pragma once

#include <string>
#include <vector>

#include "adapters/net/http_message.hpp"
#include "adapters/net/http_server.hpp"
#include "adapters/web/page_files.hpp"

namespace nunchi::web {

/// One GET route for each file. Other hosts than the allowed ones get 403.
void add_page_routes(net::Router& router, const std::vector<std::string>& allowed_hosts);

/// The file, or 304 when the client has it; with all headers that keep the page to itself.
net::Response page_response(const PageFile& file, const net::Request& request);

}  // namespace nunchi::web
