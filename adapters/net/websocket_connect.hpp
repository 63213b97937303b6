// The client's side of the WebSocket handshake.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "adapters/net/client_stream.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/net/url.hpp"

namespace nunchi::net {

/// Asks over a connection that has just been opened, and takes it over. errc::timed_out at the deadline.
boost::asio::awaitable<result<std::unique_ptr<WebSocket>>> upgrade_connection(
    std::unique_ptr<ClientStream> stream, Url url, WebSocketRequest request,
    std::chrono::steady_clock::time_point deadline);

}  // namespace nunchi::net
