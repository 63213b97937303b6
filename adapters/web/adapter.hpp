// The web chat: a page, and a WebSocket that it speaks protocol.hpp over.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/chat/adapter.hpp"
#include "adapters/net/http_message.hpp"
#include "adapters/net/http_server.hpp"
#include "adapters/net/websocket.hpp"
#include "adapters/web/session.hpp"

namespace nunchi::web {

/// What the page's footer says about the model.
struct ModelCard {
    std::string name;
    std::string attribution;  // what the terms of its data ask to be shown; may be empty
};

struct Options {
    /// Names in the Host header that are answered, without port, IPv6 in brackets.
    std::vector<std::string> allowed_hosts{"localhost", "127.0.0.1", "[::1]"};
    SessionLimits session{};
    std::size_t max_in_flight = 128;         // messages of one conversation that the core has at once
    std::size_t max_connections = 10'000;    // further pages get 503 and try again by themselves
    std::chrono::seconds confirm_within{8};  // below the core's own limit for sending
    /// Asked whenever a page says hello, so that it may change while the server runs.
    std::function<ModelCard()> model_card{};
};

/// Used on one thread, that of its executor. A place is {"web", "", conversation, ""}; an author is known by
/// the conversation, too. No address and no text is logged or kept. It must outlive the server whose router
/// holds its routes.
///
/// send() of a Reply completes with delivered when the page said that the answer is on the screen, and with
/// waiting when no page is connected, when it disconnects, or after Options::confirm_within. Explanations and
/// notices are delivered when they are on their way. Any cancellation completes it with waiting.
///
/// ReaderReturned is delivered after each hello, after every send() that waited for the page's former
/// connection has completed with waiting.
class WebAdapter : public chat::Adapter {
public:
    /// GET / with its files below /web/, and the WebSocket /chat.
    virtual void add_routes(net::Router& router) = 0;

    /// Why an upgrade of /chat is refused: a foreign host or origin (403), not running or full (503).
    virtual std::optional<net::Response> refusal(const net::Request& request) const = 0;

    /// One connection, until the page goes, breaks the protocol, or the call is cancelled.
    virtual boost::asio::awaitable<void> serve(std::unique_ptr<net::WebSocket> socket) = 0;
};

std::unique_ptr<WebAdapter> create_web_adapter(boost::asio::any_io_executor executor, Options options);

}  // namespace nunchi::web
