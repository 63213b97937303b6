// The server's end of one TCP connection: bytes in, bytes out, each wait with its deadline.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <string>

#include "adapters/net/http_server.hpp"

namespace nunchi::net {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// What a connection is waiting for, and what happens when that takes too long.
enum class Phase {
    idle,      // the first byte of a request; closes without a word
    reading,   // the rest of it; the read ends with errc::timed_out
    handling,  // the handler; 503 goes out and the connection is closed
    writing,   // the client to take some of the answer; closes
    draining,  // what the client still sends after the last answer; closes
    upgraded,  // a WebSocket, which watches itself
};

/// Its coroutines must not outlive it. Deadlines are kept by whoever calls expire_if_late() now and then: one
/// sweep over all connections costs less than a timer for each request.
class ServerLink {
public:
    using Clock = std::chrono::steady_clock;

    ServerLink(boost::asio::ip::tcp::socket socket, const ServerOptions& options);

    Phase phase() const { return phase_; }

    /// Whether the handler's time was over: its answer is not wanted any more.
    bool is_answered() const { return is_answered_; }

    std::string remote_address() const;

    /// False when the client has gone or did not ask in time.
    boost::asio::awaitable<bool> wait_for_request();

    /// The parser must outlive the call. Errors of Beast's HTTP category are the client's mistakes.
    boost::asio::awaitable<boost::system::error_code> read_head(RequestParser& parser);
    boost::asio::awaitable<boost::system::error_code> read_body(RequestParser& parser);

    /// The handler is at work from now on.
    void begin_handling() { enter(Phase::handling, options_.handler_timeout); }

    /// Both views must stay valid until it completes. The limit in time is for each part that the client
    /// takes.
    boost::asio::awaitable<boost::system::error_code> write(std::string_view head, std::string_view body);

    /// After the last answer: says that nothing more comes and, where the request was answered before it had
    /// come in whole, reads the rest of it. Closing with unread bytes would take the answer from the client.
    boost::asio::awaitable<void> finish();

    /// Whether something has been going on for too long; ends it then. `late_answer` is what goes out in
    /// place of the handler's.
    bool expire_if_late(Clock::time_point now, std::string_view late_answer);

    void close();

    /// Hands the socket over. Bytes that the client sent ahead are none a WebSocket may send.
    boost::asio::ip::tcp::socket release();
    bool has_unread() const { return buffer_.size() > 0; }

private:
    void enter(Phase phase, std::chrono::milliseconds limit);
    boost::asio::awaitable<boost::system::error_code> read_some(std::size_t at_most);

    boost::asio::ip::tcp::socket socket_;
    const ServerOptions& options_;
    boost::beast::flat_buffer buffer_;
    Phase phase_ = Phase::idle;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool is_first_ = true;  // no request has come yet
    bool is_late_ = false;  // the deadline of reading has passed
    bool is_answered_ = false;
    bool owes_more_ = false;  // the request has not come in whole
};

}  // namespace nunchi::net
