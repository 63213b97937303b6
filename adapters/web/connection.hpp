// One page's WebSocket: frames leave it in order, through one writer.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/websocket.hpp"
#include "adapters/web/conversations.hpp"
#include "adapters/web/session.hpp"

namespace nunchi::web {

class Connection : public Reader {
public:
    /// Frames that wait to be written. A page that falls behind further is closed with kTooSlow; it comes
    /// back and gets again what it has not confirmed.
    static constexpr std::size_t kMaxWaiting = 1024;

    Connection(boost::asio::any_io_executor executor, std::unique_ptr<net::WebSocket> socket,
               SessionLimits limits);

    void say(std::string frame) override;
    void finish(std::uint16_t code) override;

    /// Writes what is said until finish() was called or the page is gone, and ends a connection that says no
    /// hello in time. Cancellation ends it at once. The connection must outlive the call.
    boost::asio::awaitable<void> write_out();

    /// The next frame of the page.
    boost::asio::awaitable<net::result<net::Frame>> read() { return socket_->read(); }

    /// Since finish(): what still comes from the page does not count.
    bool is_closing() const { return closing_with_.has_value(); }

    Session& session() { return session_; }

    /// Empty before hello.
    const std::string& conversation() const { return conversation_; }
    void set_conversation(std::string conversation) { conversation_ = std::move(conversation); }

private:
    boost::asio::awaitable<bool> write_waiting();
    boost::asio::awaitable<void> wait_for_more();

    std::unique_ptr<net::WebSocket> socket_;
    Session session_;
    std::string conversation_;
    std::deque<std::string> waiting_;
    std::optional<std::uint16_t> closing_with_;
    boost::asio::steady_timer signal_;
};

}  // namespace nunchi::web
