// What can go wrong between two machines, as values.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace nunchi::net {

/// Beside these, errors of the system come as they are: connection refused, address in use, a name that does
/// not resolve; and boost::asio::error::operation_aborted for a call that was cancelled.
enum class errc {
    bad_url = 1,        // not scheme://host[:port]/path with http, https, ws or wss
    plain_not_allowed,  // http or ws to a host that is neither loopback nor allowed by name
    timed_out,          // the deadline passed
    too_large,          // the peer sent more than the limit
    bad_response,       // the peer broke HTTP, WebSocket or TLS
    bad_certificate,    // TLS: the certificate is not trusted or is for another host
    proxy_refused,      // the proxy did not open the tunnel
    upgrade_refused,    // the server answered the WebSocket handshake with something else than 101
    closed,             // the peer closed the connection
    too_many,           // the pool or the server has no place left
    shutting_down,      // this side stops
    bad_request,        // the caller's method or headers hold what HTTP forbids there
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

template <typename T>
using result = boost::system::result<T>;

}  // namespace nunchi::net

template <>
struct boost::system::is_error_code_enum<nunchi::net::errc> : std::true_type {};
