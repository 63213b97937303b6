#include "adapters/net/server_link.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

namespace nunchi::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kHeadStep = 4 * 1024;
constexpr std::size_t kBodyStep = 64 * 1024;
constexpr std::size_t kMostDrained = 8 * 1024 * 1024;
constexpr std::chrono::milliseconds kDrainTime{2000};

}  // namespace

ServerLink::ServerLink(tcp::socket socket, const ServerOptions& options)
    : socket_(std::move(socket)), options_(options), buffer_(options.max_header_bytes + kBodyStep) {
    error_code ignored;
    // An answer leaves at once, also when the client has not acknowledged the one before.
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
}

std::string ServerLink::remote_address() const {
    error_code error;
    const tcp::endpoint remote = socket_.remote_endpoint(error);
    return error ? std::string() : remote.address().to_string();
}

void ServerLink::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    deadline_ = Clock::now() + limit;
}

asio::awaitable<bool> ServerLink::wait_for_request() {
    if (buffer_.size() > 0) co_return true;
    // Whoever has just connected has something to say.
    enter(Phase::idle, std::exchange(is_first_, false) ? options_.read_timeout : options_.keep_alive);
    const error_code error = co_await read_some(kHeadStep);
    co_return !error;
}

asio::awaitable<error_code> ServerLink::read_head(RequestParser& parser) {
    enter(Phase::reading, options_.read_timeout);
    owes_more_ = true;
    parser.header_limit(static_cast<std::uint32_t>(options_.max_header_bytes));
    parser.body_limit(options_.max_body_bytes);
    while (!parser.is_header_done()) {
        error_code error;
        buffer_.consume(parser.put(buffer_.data(), error));
        if (error == http::error::need_more) error = co_await read_some(kHeadStep);
        if (error) co_return error;
    }
    owes_more_ = !parser.is_done();
    co_return error_code();
}

asio::awaitable<error_code> ServerLink::read_body(RequestParser& parser) {
    enter(Phase::reading, options_.read_timeout);
    parser.eager(true);
    while (!parser.is_done()) {
        error_code error;
        if (buffer_.size() > 0) buffer_.consume(parser.put(buffer_.data(), error));
        if (error == http::error::need_more) error = {};
        if (!error && !parser.is_done()) error = co_await read_some(kBodyStep);
        if (error) co_return error;
    }
    owes_more_ = false;
    co_return error_code();
}

asio::awaitable<error_code> ServerLink::read_some(std::size_t at_most) {
    const std::size_t room = std::min(at_most, buffer_.max_size() - buffer_.size());
    if (room == 0) co_return http::error::buffer_overflow;
    const auto [error, size] = co_await socket_.async_read_some(buffer_.prepare(room), kAsTuple);
    buffer_.commit(size);
    if (is_late_) co_return errc::timed_out;
    co_return error;
}

asio::awaitable<error_code> ServerLink::write(std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        enter(Phase::writing, options_.write_timeout);
        const std::array buffers{asio::buffer(head), asio::buffer(body)};
        const auto [error, size] = co_await socket_.async_write_some(buffers, kAsTuple);
        if (error) co_return error;
        const std::size_t of_head = std::min(size, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(size - of_head);
    }
    co_return error_code();
}

asio::awaitable<void> ServerLink::finish() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (!owes_more_ && socket_.available(ignored) == 0) co_return;
    enter(Phase::draining, kDrainTime);
    std::size_t drained = 0;
    while (drained < kMostDrained) {
        buffer_.clear();
        const auto [error, size] = co_await socket_.async_read_some(buffer_.prepare(kHeadStep), kAsTuple);
        if (error) co_return;
        drained += size;
    }
}

bool ServerLink::expire_if_late(Clock::time_point now, std::string_view late_answer) {
    if (now < deadline_) return false;
    deadline_ = Clock::time_point::max();
    error_code ignored;
    if (phase_ == Phase::reading) {
        is_late_ = true;
        socket_.cancel(ignored);
        return true;
    }
    if (phase_ == Phase::handling) {
        // The handler's coroutine has the connection's own in its hands, so the answer goes out from here.
        // Nothing is being written, and so short an answer finds its place in the socket's buffer or is not
        // wanted.
        is_answered_ = true;
        socket_.write_some(asio::buffer(late_answer), ignored);
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        return true;
    }
    close();
    return true;
}

void ServerLink::close() {
    error_code ignored;
    socket_.close(ignored);
}

tcp::socket ServerLink::release() {
    phase_ = Phase::upgraded;
    deadline_ = Clock::time_point::max();
    buffer_ = {};
    return std::move(socket_);
}

}  // namespace nunchi::net
