// Who may speak to the web chat: pages that it served itself, under names that the operator knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunchi::web {

/// Whether the Host header names one of `allowed` (names without port, IPv6 in brackets; any case). A page of
/// another site that makes its own name point to this machine (DNS rebinding) sends its own name here.
bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed);

/// Whether the Origin header is http or https of exactly this Host, port included. Browsers send an Origin
/// with every WebSocket handshake, so an empty one comes from a program and is let through.
bool is_same_origin(std::string_view origin, std::string_view host);

}  // namespace nunchi::web
