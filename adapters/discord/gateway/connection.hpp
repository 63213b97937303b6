// One WebSocket to the gateway: reader, writer and clock around a Link. All of it dies with the connection.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "adapters/discord/gateway/inflater.hpp"
#include "adapters/discord/gateway/link.hpp"
#include "adapters/discord/gateway/session.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/net/websocket.hpp"

namespace nunchi::discord::gateway {

/// Whose connection it is. Called on the connection's thread.
class ConnectionOwner {
public:
    enum class Oddity {
        unknown,    // a payload that is none of ours
        malformed,  // no payload
        damaged,    // the compression broke
        too_large,  // over the limit
    };

    virtual ~ConnectionOwner() = default;

    virtual void on_hello() = 0;
    /// Completes when an Identify may go out.
    virtual boost::asio::awaitable<void> wait_for_permit() = 0;
    /// The payload, token included.
    virtual std::string login_payload(Login login) = 0;
    virtual void on_begun(Payload ready) = 0;
    virtual void on_resumed(Payload resumed) = 0;
    virtual void on_dispatch(Payload payload, bool is_replayed) = 0;
    virtual void on_odd(Oddity oddity) = 0;
};

struct ConnectionParts {
    boost::asio::any_io_executor executor;
    std::unique_ptr<net::WebSocket> socket;
    std::unique_ptr<Inflater> inflater;
    std::chrono::milliseconds close_timeout{1000};
};

class Connection {
public:
    /// The owner must outlive run().
    Connection(ConnectionParts parts, Link link, ConnectionOwner& owner);

    /// Until it ends; then it is closed, with a code that lets it be resumed unless the peer closed it (G19,
    /// G20). Completes within close_timeout and a second also when it is cancelled. Nothing of the connection
    /// runs any more then.
    boost::asio::awaitable<Ended> run();

    /// Makes run() complete.
    void finish() { end(Ending::finished, 0); }
    void stop_intake() { link_.stop_intake(); }

    const Link& link() const { return link_; }

private:
    boost::asio::awaitable<void> read_in();
    boost::asio::awaitable<void> write_out();
    boost::asio::awaitable<void> keep_time();
    boost::asio::awaitable<void> ask_permit();
    boost::asio::awaitable<void> close();

    void on_frame(const net::Frame& frame);
    void on_text(std::string_view text);
    void on_read_error(const boost::system::error_code& error);
    void perform(Link::Steps steps);
    void log_in(Login login);
    void say(std::string payload);
    void end(Ending how, std::uint16_t code);

    ConnectionParts parts_;
    Link link_;
    ConnectionOwner& owner_;
    std::deque<std::string> waiting_;
    net::Signal writable_;  // something waits
    net::Signal rearm_;     // the link's deadline has changed
    Link::TimePoint armed_for_;
    net::Signal is_over_;
    std::optional<Ended> ended_;
    net::TaskGroup tasks_;
};

}  // namespace nunchi::discord::gateway
