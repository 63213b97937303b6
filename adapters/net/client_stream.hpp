// One connection to a server or a proxy, plain or, from some moment on, over TLS.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/net/error.hpp"

namespace nunchi::net {

using TcpSocket = boost::asio::ip::tcp::socket;
using TlsStream = boost::asio::ssl::stream<TcpSocket>;

/// Its coroutines must not outlive it. Cancelled or closed, they end with operation_aborted.
class ClientStream {
public:
    struct Transfer {
        boost::system::error_code error;
        std::size_t size = 0;
    };

    explicit ClientStream(const boost::asio::any_io_executor& executor) : socket_(executor) {}

    boost::asio::awaitable<boost::system::error_code> connect(boost::asio::ip::tcp::endpoint endpoint);

    /// The certificate has to be for `host`.
    boost::asio::awaitable<boost::system::error_code> start_tls(
        std::shared_ptr<boost::asio::ssl::context> context, std::string host);

    boost::asio::awaitable<Transfer> read_some(boost::asio::mutable_buffer buffer);
    /// All of it, or an error with the bytes that went before.
    boost::asio::awaitable<Transfer> write(std::string_view head, std::string_view body);

    /// Whether it is open and the peer has said nothing, not even goodbye, since the last answer.
    bool is_quiet();

    void close();

    /// Null while it is plain.
    TlsStream* tls() { return tls_.get(); }
    TcpSocket& socket() { return tls_ ? tls_->next_layer() : socket_; }

private:
    TcpSocket socket_;                // moved from once there is TLS
    std::unique_ptr<TlsStream> tls_;  // before its context
    std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace nunchi::net
