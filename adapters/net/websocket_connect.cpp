#include "adapters/net/websocket_connect.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <utility>

#include "adapters/net/ascii.hpp"
#include "adapters/net/request_head.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/net/watchdog.hpp"
#include "adapters/net/websocket_core.hpp"

namespace nunchi::net {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;

namespace {

using UniqueWebSocket = std::unique_ptr<WebSocket>;

bool is_handshakes_own(std::string_view name) {
    return is_clients_own_header(name) || equal_ignoring_case(name, "sec-websocket-key") ||
           equal_ignoring_case(name, "sec-websocket-version") ||
           equal_ignoring_case(name, "sec-websocket-extensions");
}

auto decorator_of(const Headers& headers) {
    return [&headers](websocket::request_type& request) {
        for (const auto& [name, value] : headers) {
            if (!is_handshakes_own(name)) request.insert(name, value);
        }
    };
}

template <typename NextLayer>
asio::awaitable<result<UniqueWebSocket>> shake_hands(std::shared_ptr<WebSocketCore<NextLayer>> core, Url url,
                                                     WebSocketRequest request,
                                                     std::chrono::steady_clock::time_point deadline) {
    Watchdog watchdog(core->stream.get_executor(), deadline, [&core] { core->cut(); });
    core->stream.set_option(websocket::stream_base::decorator(decorator_of(request.headers)));
    const std::string authority = url.authority();
    const auto [error] =
        co_await core->stream.async_handshake(authority, url.target, asio::as_tuple(asio::use_awaitable));
    if (watchdog.has_bitten()) co_return make_error_code(errc::timed_out);
    if (error) co_return handshake_error(tls_error(error));
    // The decorator refers to the request, which is going.
    core->stream.set_option(websocket::stream_base::decorator([](websocket::request_type&) {}));
    co_return std::make_unique<CoreWebSocket<NextLayer>>(std::move(core));
}

}  // namespace

asio::awaitable<result<UniqueWebSocket>> upgrade_connection(std::unique_ptr<ClientStream> stream, Url url,
                                                            WebSocketRequest request,
                                                            std::chrono::steady_clock::time_point deadline) {
    const WebSocketLimits limits{
        .max_message = request.max_message, .max_backlog = request.max_backlog, .idle = request.idle};
    if (stream->tls() != nullptr) {
        auto core = std::make_shared<WebSocketCore<TlsStream>>(limits, std::move(*stream->tls()));
        return shake_hands(std::move(core), std::move(url), std::move(request), deadline);
    }
    auto core = std::make_shared<WebSocketCore<TcpSocket>>(limits, std::move(stream->socket()));
    return shake_hands(std::move(core), std::move(url), std::move(request), deadline);
}

}  // namespace nunchi::net
