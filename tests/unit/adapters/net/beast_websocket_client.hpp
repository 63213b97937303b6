// A WebSocket client with blocking calls, by Beast.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <string>
#include <string_view>

namespace nunchi::net {

class BeastWebSocketClient {
public:
    explicit BeastWebSocketClient(std::uint16_t port, std::string_view path = "/ws") : stream(context_) {
        stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{.tv_sec = 20, .tv_usec = 0};  // for a broken server only
        setsockopt(stream.next_layer().native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        stream.handshake(response, "localhost", boost::beast::string_view(path.data(), path.size()));
    }

    void send(std::string_view text) { stream.write(boost::asio::buffer(text)); }

    /// The next message, or "(closed CODE REASON)" or "(the error)".
    std::string read() {
        boost::beast::flat_buffer buffer;
        boost::system::error_code error;
        stream.read(buffer, error);
        if (error == boost::beast::websocket::error::closed) {
            return "(closed " + std::to_string(stream.reason().code) + " " + stream.reason().reason.c_str() +
                   ")";
        }
        if (error) return "(" + error.message() + ")";
        return boost::beast::buffers_to_string(buffer.data());
    }

private:
    boost::asio::io_context context_;

public:
    boost::beast::websocket::response_type response;
    boost::beast::websocket::stream<boost::asio::ip::tcp::socket> stream;
};

}  // namespace nunchi::net
