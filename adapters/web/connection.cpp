#include "adapters/web/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>
#include <variant>

namespace nunchi::web {

namespace asio = boost::asio;

using Clock = std::chrono::steady_clock;

Connection::Connection(asio::any_io_executor executor, std::unique_ptr<net::WebSocket> socket,
                       SessionLimits limits)
    : socket_(std::move(socket)), session_(limits, Clock::now()), signal_(executor) {}

void Connection::say(std::string frame) {
    if (closing_with_) return;
    if (waiting_.size() == kMaxWaiting) {
        waiting_.clear();
        return finish(close_code::kTooSlow);
    }
    waiting_.push_back(std::move(frame));
    signal_.cancel();
}

void Connection::finish(std::uint16_t code) {
    if (!closing_with_) closing_with_ = code;
    signal_.cancel();
}

asio::awaitable<void> Connection::write_out() {
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    while (cancellation.cancelled() == asio::cancellation_type::none) {
        const bool is_written = co_await write_waiting();
        if (!is_written) co_return;
        if (closing_with_) {
            co_await socket_->close(*closing_with_, {});
            co_return;
        }
        co_await wait_for_more();
        const Step step = session_.on_time(Clock::now());
        if (const End* end = std::get_if<End>(&step)) finish(end->code);
    }
}

asio::awaitable<bool> Connection::write_waiting() {
    while (!waiting_.empty()) {
        net::Frame frame{.is_binary = false, .payload = std::move(waiting_.front())};
        waiting_.pop_front();
        const auto written = co_await socket_->write(std::move(frame));
        if (!written) co_return false;
    }
    co_return true;
}

/// Until say() or finish(), or the session's deadline.
asio::awaitable<void> Connection::wait_for_more() {
    signal_.expires_at(session_.deadline().value_or(Clock::time_point::max()));
    co_await signal_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace nunchi::web
