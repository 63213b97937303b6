// An HTTP/1.1 server with routes, limits and WebSocket upgrades.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/http_message.hpp"
#include "adapters/net/websocket.hpp"

namespace nunchi::net {

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;
using WebSocketHandler = std::function<boost::asio::awaitable<void>(Request, std::unique_ptr<WebSocket>)>;

/// Which handler answers a method and a path. Filled before the server starts. A path is matched as a whole.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// HEAD is answered by the handler of GET.
    void add(std::string method, std::string path, Handler handler);
    /// `check` may refuse the upgrade with a response; the connection then stays HTTP.
    void add_websocket(std::string path, WebSocketHandler handler,
                       std::function<std::optional<Response>(const Request&)> check = {});

    struct Routes;
    const Routes& routes() const { return *routes_; }

private:
    std::unique_ptr<Routes> routes_;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: one that is free
    std::size_t max_connections = 12'000;
    std::size_t max_body_bytes = 2 * 1024 * 1024;     // beyond it 413
    std::size_t max_header_bytes = 16 * 1024;         // beyond it 431
    std::chrono::seconds read_timeout{15};            // for one whole request
    std::chrono::seconds keep_alive{75};              // between two requests
    std::chrono::seconds handler_timeout{30};         // beyond it 503
    std::size_t max_websocket_message = 256 * 1024;   // beyond it close code 1009
    std::size_t max_websocket_backlog = 1024 * 1024;  // unsent bytes of one connection
    std::chrono::seconds websocket_idle{60};          // without a frame or a pong; pings go out at the half
    /// Asked first for each request, upgrades too; a response ends it there.
    std::function<std::optional<Response>(const Request&)> gate{};
    /// Added to each response that does not set them itself: content security policy and the like.
    Headers default_headers{};
    /// Called when a handler let an exception escape; the client gets 500.
    std::function<void(std::exception_ptr)> on_failure{};
};

class HttpServer {
public:
    virtual ~HttpServer() = default;

    virtual std::string address() const = 0;
    virtual std::uint16_t port() const = 0;
    virtual std::size_t connections() const = 0;

    /// Accepts no more connections and no more requests; answers under way are finished, WebSockets are
    /// closed with 1001. Completes when all is done or the time is over; what remains is then cut.
    virtual boost::asio::awaitable<void> stop(std::chrono::steady_clock::duration at_most) = 0;
};

/// Binds and listens at once, so a port that is taken is an error here. Serves on `executor` (one thread)
/// until stop(). The handlers' captures must outlive the server.
result<std::unique_ptr<HttpServer>> create_http_server(boost::asio::any_io_executor executor, Router router,
                                                       ServerOptions options);

}  // namespace nunchi::net
