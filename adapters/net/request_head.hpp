// A request's first line and headers as they go over the wire.
#pragma once

#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/net/url.hpp"

namespace nunchi::net {

struct HeadOptions {
    std::string user_agent;           // unless the caller's headers have one
    bool names_whole_url = false;     // as a proxy wants it for plain HTTP
    std::string proxy_authorization;  // empty: none
};

/// Whether the header is the client's own: Host, Connection, Content-Length, Transfer-Encoding, Upgrade,
/// Expect and the like, which callers' values of are left out.
bool is_clients_own_header(std::string_view name);

/// errc::bad_request when the method is no token or a header could forge others.
boost::system::error_code check_sendable(const std::string& method, const Headers& headers);

/// Ends with the empty line. What check_sendable() refuses must not come here.
std::string request_head(const ClientRequest& request, const Url& url, const HeadOptions& options);

}  // namespace nunchi::net
