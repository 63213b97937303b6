// A response's status line and headers as they go over the wire.
#pragma once

#include <ctime>
#include <string>

#include "adapters/net/http_message.hpp"

namespace nunchi::net {

/// Whether a response of this status may have a body at all (RFC 9110, section 6.4.1).
bool status_has_body(int status);

/// Ends with the empty line. The handler's headers win over the defaults; Connection, Content-Length and
/// Transfer-Encoding are the server's own, and headers that could forge others are left out.
std::string response_head(const Response& response, const Headers& defaults, bool keep_alive,
                          std::time_t now);

}  // namespace nunchi::net
