// What stands behind a WebSocket of either side: Beast's stream, one read, a queue of writes.
#pragma once

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/net/idle_watch.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/websocket.hpp"
#include "adapters/net/websocket_error.hpp"
#include "adapters/net/write_queue.hpp"

namespace nunchi::net {

struct WebSocketLimits {
    std::size_t max_message = 0;        // bytes; beyond it the connection is closed with 1009
    std::size_t max_backlog = 0;        // bytes that wait to be written
    std::chrono::milliseconds idle{0};  // 0: for ever
};

/// What the owner of a connection may do to it while another holds the WebSocket.
class LiveWebSocket {
public:
    virtual ~LiveWebSocket() = default;
    /// Sends a close frame after what waits, without waiting for it. Does nothing the second time.
    virtual void begin_close(std::uint16_t code, std::string reason) = 0;
    /// Closes the socket; whatever is under way ends with an error.
    virtual void cut() = 0;
};

/// Kept alive by the operations under way, so that the WebSocket may be destroyed at any time. Beast's reads
/// and writes complete here and not in the callers' coroutines: cancelling those corrupts nothing.
template <typename NextLayer>
class WebSocketCore final : public LiveWebSocket,
                            public std::enable_shared_from_this<WebSocketCore<NextLayer>> {
public:
    // Without permessage-deflate, which would cost each connection hundreds of kilobytes.
    using Stream = boost::beast::websocket::stream<NextLayer, false>;

    /// For how long a closing handshake, or a server's answer to an upgrade, may take.
    static constexpr std::chrono::seconds kCloseWait{5};

    template <typename... Arguments>
    explicit WebSocketCore(WebSocketLimits limits, Arguments&&... arguments)
        : stream(std::forward<Arguments>(arguments)...),
          idle_(limits.idle),
          idle_timer_(stream.get_executor()),
          readable_(stream.get_executor()),
          queue_(limits.max_backlog) {
        namespace websocket = boost::beast::websocket;
        stream.auto_fragment(false);
        stream.read_message_max(limits.max_message);
        // Beast's own idle limit is put off by our writes, so that a dead peer would never be noticed.
        stream.set_option(websocket::stream_base::timeout{.handshake_timeout = kCloseWait,
                                                          .idle_timeout = websocket::stream_base::none(),
                                                          .keep_alive_pings = false});
        stream.control_callback([this](websocket::frame_type, boost::beast::string_view) {
            idle_.heard(IdleWatch::Clock::now());
        });
    }

    static boost::asio::awaitable<result<Frame>> read(std::shared_ptr<WebSocketCore> core) {
        if (!core->incoming_ && !core->is_reading_) core->start_read();
        if (!core->incoming_) {
            core->readable_.clear();
            co_await core->readable_.wait();
        }
        if (!core->incoming_) co_return cancelled();
        if (core->incoming_->has_error()) co_return core->incoming_->error();
        result<Frame> frame = std::move(*core->incoming_);
        core->incoming_.reset();
        co_return frame;
    }

    static boost::asio::awaitable<result<void>> write(std::shared_ptr<WebSocketCore> core, Outgoing outgoing,
                                                      std::size_t payload_bytes) {
        if (core->is_closing_) co_return make_error_code(errc::closed);
        if (core->failure_) co_return core->failure_;
        if (!core->queue_.has_room(payload_bytes)) co_return make_error_code(errc::too_many);
        const auto ticket = std::make_shared<WriteTicket>(core->stream.get_executor());
        core->push(std::move(outgoing), ticket);
        co_await ticket->settled.wait();
        co_return ticket->outcome.value_or(cancelled());
    }

    static boost::asio::awaitable<void> close(std::shared_ptr<WebSocketCore> core, std::uint16_t code,
                                              std::string reason) {
        core->begin_close(code, std::move(reason));
        const auto ticket = core->close_ticket_;
        if (ticket->outcome || std::exchange(core->has_closer_, true)) co_return;
        co_await ticket->settled.wait(Signal::Clock::now() + kCloseWait);
        if (!ticket->outcome) core->cut();
    }

    void begin_close(std::uint16_t code, std::string reason) override {
        if (std::exchange(is_closing_, true)) return;
        close_ticket_ = std::make_shared<WriteTicket>(stream.get_executor());
        if (failure_) return close_ticket_->settle(failure_);
        push(Close{.code = code, .reason = std::move(reason)}, close_ticket_);
    }

    void cut() override {
        if (!failure_) failure_ = errc::shutting_down;
        boost::system::error_code ignored;
        boost::beast::get_lowest_layer(stream).close(ignored);
    }

    Stream stream;  // the handshake is the owner's

private:
    // What is read is stored in steps, so that a peer who announces much and sends little costs little.
    static constexpr std::size_t kFirstStep = 512;
    static constexpr std::size_t kLongestStep = 64 * 1024;
    static constexpr std::size_t kLongestReason = 123;

    /// A close frame holds at most 125 bytes, two of them the code. Never cuts a character in two.
    static std::string shortened(std::string reason) {
        if (reason.size() <= kLongestReason) return reason;
        std::size_t end = kLongestReason;
        while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0U) == 0x80) --end;
        return reason.substr(0, end);
    }

    static boost::system::error_code cancelled() { return boost::asio::error::operation_aborted; }

    void start_read() {
        is_reading_ = true;
        idle_.heard(IdleWatch::Clock::now());
        if (idle_.is_on() && !std::exchange(is_watching_, true)) watch_idle();
        read_step();
    }

    void read_step() {
        buffer_.emplace(payload_);
        stream.async_read_some(*buffer_, std::clamp(payload_.size(), kFirstStep, kLongestStep),
                               [core = this->shared_from_this()](boost::system::error_code error,
                                                                 std::size_t) { core->on_read(error); });
    }

    void on_read(boost::system::error_code error) {
        idle_.heard(IdleWatch::Clock::now());
        if (!error && !stream.is_message_done()) return read_step();
        is_reading_ = false;
        if (error) {
            incoming_ = fail(error);
        } else {
            incoming_ = Frame{.is_binary = stream.got_binary(), .payload = std::exchange(payload_, {})};
        }
        readable_.set();
    }

    void push(Outgoing outgoing, std::shared_ptr<WriteTicket> ticket) {
        const bool is_writing = !queue_.empty();
        queue_.push(std::move(outgoing), std::move(ticket));
        if (!is_writing) write_front();
    }

    void write_front() {
        const auto on_end = [core = this->shared_from_this()](boost::system::error_code error,
                                                              std::size_t = 0) { core->on_written(error); };
        if (const auto* frame = std::get_if<Frame>(&queue_.front())) {
            stream.binary(frame->is_binary);
            stream.async_write(boost::asio::buffer(frame->payload), on_end);
        } else if (const auto* ping = std::get_if<Ping>(&queue_.front())) {
            stream.async_ping({ping->payload.data(), std::min<std::size_t>(ping->payload.size(), 125)},
                              on_end);
        } else {
            const auto& close = std::get<Close>(queue_.front());
            stream.async_close(
                {static_cast<boost::beast::websocket::close_code>(close.code), shortened(close.reason)},
                on_end);
        }
    }

    void on_written(boost::system::error_code error) {
        if (error) fail(error);
        if (failure_) queue_.fail_waiting(failure_);
        queue_.pop(error ? result<void>(failure_) : result<void>());
        if (!queue_.empty()) write_front();
    }

    /// The error that ended the connection; those that follow from it are told as the first.
    boost::system::error_code fail(boost::system::error_code error) {
        if (!failure_) {
            // Beast ends a read that our own close frame overtook with operation_aborted.
            failure_ = error == boost::asio::error::operation_aborted && is_closing_
                           ? make_error_code(errc::closed)
                           : websocket_error(error);
        }
        return failure_;
    }

    void watch_idle() {
        idle_timer_.expires_at(idle_.next());
        idle_timer_.async_wait([weak = this->weak_from_this()](boost::system::error_code error) {
            const auto core = weak.lock();
            if (core && !error) core->on_idle_timer();
        });
    }

    void on_idle_timer() {
        const auto now = IdleWatch::Clock::now();
        // Whoever does not read cannot hear the peer.
        is_watching_ = is_reading_ && !failure_;
        if (!is_watching_) return;
        const IdleWatch::Action action = idle_.due(now);
        if (action == IdleWatch::Action::give_up) {
            fail(boost::beast::error::timeout);
            return cut();
        }
        // When something waits to be written the peer has enough to answer for.
        if (action == IdleWatch::Action::ping && queue_.empty()) push(Ping{}, nullptr);
        watch_idle();
    }

    IdleWatch idle_;
    boost::asio::steady_timer idle_timer_;
    bool is_watching_ = false;

    Signal readable_;
    bool is_reading_ = false;
    std::string payload_;
    std::optional<boost::asio::dynamic_string_buffer<char, std::char_traits<char>, std::allocator<char>>>
        buffer_;
    std::optional<result<Frame>> incoming_;

    WriteQueue queue_;  // its front is being written
    bool is_closing_ = false;
    bool has_closer_ = false;
    std::shared_ptr<WriteTicket> close_ticket_;

    boost::system::error_code failure_;
};

/// The WebSocket that is handed out.
template <typename NextLayer>
class CoreWebSocket final : public WebSocket {
public:
    using Core = WebSocketCore<NextLayer>;

    explicit CoreWebSocket(std::shared_ptr<Core> core) : core_(std::move(core)) {}
    ~CoreWebSocket() override { core_->cut(); }
    CoreWebSocket(const CoreWebSocket&) = delete;
    CoreWebSocket& operator=(const CoreWebSocket&) = delete;

    boost::asio::awaitable<result<Frame>> read() override { return Core::read(core_); }
    boost::asio::awaitable<result<void>> write(Frame frame) override {
        const std::size_t size = frame.payload.size();
        return Core::write(core_, std::move(frame), size);
    }
    boost::asio::awaitable<result<void>> ping(std::string payload) override {
        const std::size_t size = payload.size();
        return Core::write(core_, Ping{std::move(payload)}, size);
    }
    boost::asio::awaitable<void> close(std::uint16_t code, std::string reason) override {
        return Core::close(core_, code, std::move(reason));
    }
    std::uint16_t close_code() const override { return core_->stream.reason().code; }
    std::string close_reason() const override {
        const auto& reason = core_->stream.reason().reason;
        return {reason.data(), reason.size()};
    }

private:
    std::shared_ptr<Core> core_;
};

}  // namespace nunchi::net
