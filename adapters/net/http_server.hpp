// An HTTP/1.1 server with routes, limits and WebSocket upgrades.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/http_message.hpp"
#include "adapters/net/websocket.hpp"

namespace nunchi::net {

/// Runs on the server's executor. It is cancelled (terminal) when it takes longer than handler_timeout or
/// when the server stops; nothing waits for its response then.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;
/// The connection is the handler's until it returns, which closes it.
using WebSocketHandler = std::function<boost::asio::awaitable<void>(Request, std::unique_ptr<WebSocket>)>;

/// Which handler answers a method and a path. Filled before the server starts. A path is matched as a whole,
/// decoded, with regard to case. What no handler is found for gets 404, or 405 with the methods that there
/// are.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// HEAD is answered by the handler of GET. A second handler of the same method and path takes the place
    /// of the first.
    void add(std::string method, std::string path, Handler handler);
    /// `check` may refuse the upgrade with a response; the connection then stays HTTP. Without an upgrade the
    /// path is answered by its other handlers, or with 426.
    void add_websocket(std::string path, WebSocketHandler handler,
                       std::function<std::optional<Response>(const Request&)> check = {});

    struct Routes;
    const Routes& routes() const { return *routes_; }

private:
    std::unique_ptr<Routes> routes_;
};

/// The limits in time are kept to within a second, or a quarter of the shortest of them where that is less.
struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                             // 0: one that is free
    std::size_t max_connections = 12'000;               // beyond it 503 and the connection closes
    std::size_t max_body_bytes = 2 * 1024 * 1024;       // beyond it 413
    std::size_t max_header_bytes = 16 * 1024;           // beyond it 431
    std::chrono::milliseconds read_timeout{15'000};     // for one whole request; beyond it 408
    std::chrono::milliseconds write_timeout{30'000};    // for the client to take any byte of an answer
    std::chrono::milliseconds keep_alive{75'000};       // between two requests
    std::chrono::milliseconds handler_timeout{30'000};  // beyond it 503
    std::size_t max_websocket_message = 256 * 1024;     // beyond it close code 1009
    std::size_t max_websocket_backlog = 1024 * 1024;    // unsent bytes of one connection
    std::chrono::milliseconds websocket_idle{
        60'000};  // without a byte from the peer; a ping goes out at the half
    /// Asked first for each request, upgrades too; a response ends it there. The body has not been read yet.
    std::function<std::optional<Response>(const Request&)> gate{};
    /// Added to each response that does not set them itself: content security policy and the like.
    Headers default_headers{};
    /// Called when a handler let an exception escape; the client gets 500.
    std::function<void(std::exception_ptr)> on_failure{};
};

/// Destroyed without stop(), it cuts every connection and cancels the handlers, which end later on the
/// executor.
class HttpServer {
public:
    virtual ~HttpServer() = default;

    virtual std::string address() const = 0;
    virtual std::uint16_t port() const = 0;
    virtual std::size_t connections() const = 0;

    /// Accepts no more connections and no more requests; answers under way are finished, WebSockets are
    /// closed with 1001. Completes when all is done or the time is over; what remains is then cut, its
    /// handlers are cancelled and get a second more to end. Cancellation cuts at once.
    virtual boost::asio::awaitable<void> stop(std::chrono::steady_clock::duration at_most) = 0;
};

/// Binds and listens at once, so a port that is taken is an error here. Serves on `executor` (one thread)
/// until stop(). The handlers' captures must outlive the server's handlers: stop() first, or run the executor
/// dry.
result<std::unique_ptr<HttpServer>> create_http_server(boost::asio::any_io_executor executor, Router router,
                                                       ServerOptions options);

}  // namespace nunchi::net
