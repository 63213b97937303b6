#include "adapters/net/client_stream.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <utility>

#include "adapters/net/tls.hpp"

namespace nunchi::net {

namespace asio = boost::asio;
namespace ssl = asio::ssl;

using boost::system::error_code;

namespace {

constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

}  // namespace

asio::awaitable<error_code> ClientStream::connect(asio::ip::tcp::endpoint endpoint) {
    error_code ignored;
    socket_.close(ignored);  // of an earlier attempt
    const auto [error] = co_await socket_.async_connect(endpoint, kAsTuple);
    if (!error) socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    co_return error;
}

asio::awaitable<error_code> ClientStream::start_tls(std::shared_ptr<ssl::context> context, std::string host) {
    context_ = std::move(context);
    tls_ = std::make_unique<TlsStream>(std::move(socket_), *context_);
    if (!expect_host(tls_->native_handle(), host)) co_return errc::bad_url;
    const auto [error] = co_await tls_->async_handshake(ssl::stream_base::client, kAsTuple);
    co_return error == asio::error::eof ? make_error_code(errc::closed) : tls_error(error);
}

asio::awaitable<ClientStream::Transfer> ClientStream::read_some(asio::mutable_buffer buffer) {
    if (tls_) {
        const auto [error, size] = co_await tls_->async_read_some(buffer, kAsTuple);
        co_return Transfer{tls_error(error), size};
    }
    const auto [error, size] = co_await socket_.async_read_some(buffer, kAsTuple);
    co_return Transfer{error, size};
}

asio::awaitable<ClientStream::Transfer> ClientStream::write(std::string_view head, std::string_view body) {
    const std::array buffers{asio::buffer(head), asio::buffer(body)};
    if (tls_) {
        const auto [error, size] = co_await asio::async_write(*tls_, buffers, kAsTuple);
        co_return Transfer{tls_error(error), size};
    }
    const auto [error, size] = co_await asio::async_write(socket_, buffers, kAsTuple);
    co_return Transfer{error, size};
}

bool ClientStream::is_quiet() {
    if (!socket().is_open() || (tls_ && SSL_pending(tls_->native_handle()) > 0)) return false;
    char byte = 0;
    const ssize_t size = recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void ClientStream::close() {
    error_code ignored;
    socket().close(ignored);
}

}  // namespace nunchi::net
