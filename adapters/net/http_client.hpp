// HTTP/1.1 requests over a pool of kept connections, and WebSocket connections, with TLS, proxy and
// deadlines.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"
#include "adapters/net/http_message.hpp"
#include "adapters/net/websocket.hpp"

namespace nunchi::net {

/// How this machine reaches others.
struct ClientOptions {
    std::filesystem::path ca_file{};  // trusted beside the system's certificates; may be empty
    std::string proxy{};              // "http://proxy:3128", may hold user:password; empty: none
    /// Hosts that are reached directly: "example.com" with all below it, "*" for all. Loopback always is.
    std::vector<std::string> no_proxy{};
    /// Hosts beside loopback that http and ws may be used with, each by its own name.
    std::vector<std::string> allow_plain{};
    std::size_t max_connections_per_host =
        8;  // further requests wait, within their deadline; WebSockets do not count
    std::size_t max_response_bytes = 16 * 1024 * 1024;
    std::chrono::seconds keep_idle{
        60};  // an unused connection is not used again after; the next call closes it
    std::string user_agent{};
};

struct ClientRequest {
    std::string method = "GET";
    std::string url{};  // https://host[:port]/path?query, percent-encoded by the caller
    Headers headers{};  // Host, Content-Length, Connection and the like are the client's own and left out
    std::string body{};
    std::chrono::steady_clock::duration timeout = std::chrono::seconds(15);  // for all of it
};

struct WebSocketRequest {
    std::string url{};  // wss://host/path
    Headers headers{};
    std::chrono::steady_clock::duration timeout = std::chrono::seconds(15);  // until the upgrade is done
    std::size_t max_message = 16 * 1024 * 1024;
    std::size_t max_backlog = 4 * 1024 * 1024;
    std::chrono::milliseconds idle{
        0};  // as the server's websocket_idle; 0: the caller watches the connection
};

/// Used on its executor's thread. Completes on that executor; (terminal) cancellation ends the exchange with
/// operation_aborted and closes its connection. Must outlive the calls, but not the WebSockets.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    /// Any status is a response, redirects too; errors are those of the connection, see errc. A kept
    /// connection that turns out to be closed before the first byte of the answer is replaced once, for any
    /// method whose request was not sent in part, else for GET, HEAD, PUT and DELETE. Bodies come as they
    /// are: no coding is asked for.
    virtual boost::asio::awaitable<result<Response>> send(ClientRequest request) = 0;

    /// errc::upgrade_refused when the server answers with something else than 101.
    virtual boost::asio::awaitable<result<std::unique_ptr<WebSocket>>> connect(WebSocketRequest request) = 0;
};

/// Fails when the CA file cannot be read or the proxy's URL is none.
result<std::unique_ptr<HttpClient>> create_http_client(boost::asio::any_io_executor executor,
                                                       ClientOptions options);

}  // namespace nunchi::net
