#include "adapters/net/server_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/system/system_error.hpp>
#include <ctime>
#include <exception>
#include <variant>

#include "adapters/net/ascii.hpp"
#include "adapters/net/incoming_request.hpp"
#include "adapters/net/response_head.hpp"
#include "adapters/net/websocket_core.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

using boost::system::error_code;

namespace {

using ServerCore = WebSocketCore<asio::ip::tcp::socket>;

std::string late_answer(const Headers& defaults) {
    const Response response = plain_response(503);
    return response_head(response, defaults, false, std::time(nullptr)) + response.body;
}

WebSocketLimits limits_of(const ServerOptions& options) {
    return {.max_message = options.max_websocket_message,
            .max_backlog = options.max_websocket_backlog,
            .idle = options.websocket_idle};
}

/// What Beast answers to an upgrade gets our default headers too.
auto decorator_of(const Headers& defaults) {
    return [&defaults](boost::beast::websocket::response_type& response) {
        response.set(boost::beast::http::field::server, "nunchi");
        for (const auto& [name, value] : defaults) {
            if (is_sendable_header(name, value) && response.count(name) == 0) response.insert(name, value);
        }
    };
}

}  // namespace

ServerState::ServerState(const asio::any_io_executor& executor, Router given_router,
                         ServerOptions given_options)
    : router(std::move(given_router)),
      options(std::move(given_options)),
      late_answer(net::late_answer(options.default_headers)),
      sessions(executor, options.on_failure) {}

ServerConnection::ServerConnection(std::shared_ptr<ServerState> server, asio::ip::tcp::socket socket)
    : server_(std::move(server)),
      link_(std::move(socket), server_->options),
      remote_address_(link_.remote_address()),
      place_(server_->connections.insert(server_->connections.end(), this)) {}

ServerConnection::~ServerConnection() {
    server_->connections.erase(place_);
}

asio::awaitable<void> ServerConnection::run(std::shared_ptr<ServerConnection> connection) {
    bool goes_on = true;
    while (goes_on) goes_on = co_await connection->serve_request();
    if (!connection->upgrade_) co_return;
    const WebSocketHandler& handler = connection->upgrade_->route->handler;
    auto handling =
        handler(std::move(connection->upgrade_->request), std::move(connection->upgrade_->websocket));
    connection->upgrade_.reset();
    co_await std::move(handling);
}

asio::awaitable<bool> ServerConnection::serve_request() {
    if (server_->is_stopping) co_return false;
    const bool has_request = co_await link_.wait_for_request();
    if (!has_request) co_return false;
    auto parser = std::make_unique<RequestParser>();
    if (const error_code error = co_await link_.read_head(*parser)) co_return co_await refuse(error);
    co_return co_await serve_parsed(std::move(parser));
}

/// The header is here: who answers, and does it want the body?
asio::awaitable<bool> ServerConnection::serve_parsed(ParserPtr parser) {
    auto made = make_request(parser->get(), remote_address_);
    if (const auto* refusal = std::get_if<Refusal>(&made)) {
        co_return co_await respond(plain_response(refusal->status), false, false);
    }
    auto& request = std::get<Request>(made);
    const bool is_head = request.method == "HEAD";
    // Whoever gets an answer before the body was read has to connect again.
    const bool keep_alive = parser->keep_alive() && parser->is_done();
    auto early = server_->options.gate ? server_->options.gate(request) : std::nullopt;
    if (early) co_return co_await respond(std::move(*early), keep_alive, is_head);
    Route route =
        find_route(server_->router.routes(), request.method, request.path, wants_websocket(parser->get()));
    if (auto* response = std::get_if<Response>(&route)) {
        co_return co_await respond(std::move(*response), keep_alive, is_head);
    }
    if (const auto* handler = std::get_if<const Handler*>(&route)) {
        co_return co_await answer(std::move(parser), std::move(request), **handler);
    }
    co_return co_await upgrade(std::move(parser), std::move(request),
                               *std::get<const WebSocketRoute*>(route));
}

asio::awaitable<bool> ServerConnection::answer(ParserPtr parser, Request request, const Handler& handler) {
    if (!parser->is_done()) {
        if (expects_continue(parser->get())) {
            const error_code error = co_await link_.write("HTTP/1.1 100 Continue\r\n\r\n", {});
            if (error) co_return false;
        }
        if (const error_code error = co_await link_.read_body(*parser)) co_return co_await refuse(error);
        request.body = std::move(parser->get().body());
    }
    const bool keep_alive = parser->keep_alive();
    const bool is_head = request.method == "HEAD";
    parser.reset();
    link_.begin_handling();
    Response response = co_await handle(std::move(request), handler);
    if (link_.is_answered()) co_return false;
    co_return co_await respond(std::move(response), keep_alive, is_head);
}

asio::awaitable<Response> ServerConnection::handle(Request request, const Handler& handler) {
    try {
        co_return co_await handler(std::move(request));
    } catch (const boost::system::system_error& error) {
        // A handler that was cancelled has not failed.
        const bool was_cancelled = error.code() == asio::error::operation_aborted && link_.is_answered();
        if (!was_cancelled && server_->options.on_failure)
            server_->options.on_failure(std::current_exception());
    } catch (...) {
        if (server_->options.on_failure) server_->options.on_failure(std::current_exception());
    }
    co_return plain_response(500);
}

asio::awaitable<bool> ServerConnection::upgrade(ParserPtr parser, Request request,
                                                const WebSocketRoute& route) {
    auto refusal = route.check ? route.check(request) : std::nullopt;
    const bool keep_alive = parser->keep_alive() && parser->is_done();
    if (refusal) co_return co_await respond(std::move(*refusal), keep_alive, false);
    // A body, or bytes before our answer, are nothing that a WebSocket client sends.
    if (!parser->is_done() || link_.has_unread())
        co_return co_await respond(plain_response(400), false, false);
    const auto core = std::make_shared<ServerCore>(limits_of(server_->options), link_.release());
    websocket_ = core;
    core->stream.set_option(
        boost::beast::websocket::stream_base::decorator(decorator_of(server_->options.default_headers)));
    const auto [error] =
        co_await core->stream.async_accept(parser->get(), asio::as_tuple(asio::use_awaitable));
    if (error) co_return false;
    is_websocket_open_ = true;
    if (server_->is_stopping) core->begin_close(1001, "");
    upgrade_ = Upgrade{.route = &route,
                       .request = std::move(request),
                       .websocket = std::make_unique<CoreWebSocket<asio::ip::tcp::socket>>(core)};
    co_return false;
}

asio::awaitable<bool> ServerConnection::respond(Response response, bool keep_alive, bool is_head) {
    if (response.status < 200 || response.status > 599) response = plain_response(500);
    const bool stays = keep_alive && !server_->is_stopping &&
                       !equal_ignoring_case(response.headers.get("Connection"), "close");
    const std::string head =
        response_head(response, server_->options.default_headers, stays, std::time(nullptr));
    const bool sends_body = !is_head && status_has_body(response.status);
    const error_code error = co_await link_.write(head, sends_body ? response.body : std::string_view());
    if (error) co_return false;
    if (!stays) co_await link_.finish();
    co_return stays;
}

/// A request that did not come in whole, or not in form.
asio::awaitable<bool> ServerConnection::refuse(error_code error) {
    if (error == errc::timed_out) co_return co_await respond(plain_response(408), false, false);
    if (!is_clients_mistake(error)) co_return false;
    co_return co_await respond(plain_response(refusal_status(error)), false, false);
}

void ServerConnection::check_deadline(ServerLink::Clock::time_point now) {
    if (link_.expire_if_late(now, server_->late_answer) && link_.is_answered()) task_.cancel();
}

void ServerConnection::begin_stop() {
    switch (link_.phase()) {
        case Phase::idle:
        case Phase::reading: link_.close(); break;
        case Phase::handling:
        case Phase::writing:
        case Phase::draining: break;
        case Phase::upgraded:
            // During the handshake there is nothing to close yet; upgrade() does it then.
            if (const auto websocket = websocket_.lock(); websocket && is_websocket_open_) {
                websocket->begin_close(1001, "");
            }
            break;
    }
}

void ServerConnection::cut() {
    link_.close();
    if (const auto websocket = websocket_.lock()) websocket->cut();
}

}  // namespace nunchi::net
