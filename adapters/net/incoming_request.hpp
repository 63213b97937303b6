// From what Beast has parsed to a Request, and which status refuses what cannot become one.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <variant>

#include "adapters/net/http_message.hpp"

namespace nunchi::net {

using BeastRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// The status that a request is refused with.
struct Refusal {
    int status = 400;
};

/// Checks what the parser lets through: exactly one Host in HTTP/1.1, a transfer coding other than chunked,
/// an unknown expectation, the target. The body stays empty.
std::variant<Request, Refusal> make_request(const BeastRequest& parsed, const std::string& remote_address);

/// Whether the client waits for a word before it sends the body.
bool expects_continue(const BeastRequest& parsed);

/// Whether the client asks for a WebSocket, rightly or wrongly.
bool wants_websocket(const BeastRequest& parsed);

/// Whether the error says that the request breaks HTTP or a limit, and not that the connection is gone.
bool is_clients_mistake(const boost::system::error_code& error);

/// The status for such a mistake.
int refusal_status(const boost::system::error_code& error);

}  // namespace nunchi::net
