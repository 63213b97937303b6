// One client of the HTTP server: its requests one after the other, then perhaps a WebSocket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/net/http_server.hpp"
#include "adapters/net/routes.hpp"
#include "adapters/net/server_link.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::net {

class LiveWebSocket;
class ServerConnection;

/// What the connections of one server share; each keeps it alive.
struct ServerState {
    ServerState(const boost::asio::any_io_executor& executor, Router given_router,
                ServerOptions given_options);

    Router router;
    ServerOptions options;
    std::string late_answer;  // 503, as it goes over the wire
    bool is_stopping = false;
    std::list<ServerConnection*> connections;
    TaskGroup sessions;  // one task for each connection
};

class ServerConnection {
public:
    ServerConnection(std::shared_ptr<ServerState> server, boost::asio::ip::tcp::socket socket);
    ~ServerConnection();
    ServerConnection(const ServerConnection&) = delete;
    ServerConnection& operator=(const ServerConnection&) = delete;

    /// Serves until either side closes.
    static boost::asio::awaitable<void> run(std::shared_ptr<ServerConnection> connection);

    /// The task that runs run(), through which a handler that takes too long is cancelled.
    void set_task(TaskGroup::Task task) { task_ = std::move(task); }

    /// Ends what has been going on for too long, if something has.
    void check_deadline(ServerLink::Clock::time_point now);

    /// An answer under way is finished, a WebSocket is asked to close, anything else ends now.
    void begin_stop();

    /// Closes the socket.
    void cut();

private:
    struct Upgrade {
        const WebSocketRoute* route = nullptr;
        Request request;
        std::unique_ptr<WebSocket> websocket;
    };
    using ParserPtr = std::unique_ptr<RequestParser>;

    // Each tells whether the connection is good for another request.
    boost::asio::awaitable<bool> serve_request();
    boost::asio::awaitable<bool> serve_parsed(ParserPtr parser);
    boost::asio::awaitable<bool> answer(ParserPtr parser, Request request, const Handler& handler);
    boost::asio::awaitable<bool> upgrade(ParserPtr parser, Request request, const WebSocketRoute& route);
    boost::asio::awaitable<bool> respond(Response response, bool keep_alive, bool is_head);
    boost::asio::awaitable<bool> refuse(boost::system::error_code error);

    boost::asio::awaitable<Response> handle(Request request, const Handler& handler);

    std::shared_ptr<ServerState> server_;
    ServerLink link_;
    std::string remote_address_;
    TaskGroup::Task task_;
    std::optional<Upgrade> upgrade_;
    std::weak_ptr<LiveWebSocket> websocket_;
    bool is_websocket_open_ = false;  // its handshake is done
    std::list<ServerConnection*>::iterator place_;
};

}  // namespace nunchi::net
