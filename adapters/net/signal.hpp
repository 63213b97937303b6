// How one coroutine wakes another on the same thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace nunchi::net {

/// For one waiter at a time. Never completes inside of set(), but from the executor's queue.
class Signal {
public:
    using Clock = std::chrono::steady_clock;

    explicit Signal(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    void set() {
        is_set_ = true;
        timer_.cancel();
    }
    void clear() { is_set_ = false; }
    bool is_set() const { return is_set_; }

    /// Completes when the signal is set, at the deadline, or when the call is cancelled: ask is_set() then.
    /// Must not be called when it is set already. The signal must outlive the call.
    auto wait(Clock::time_point deadline = Clock::time_point::max()) {
        timer_.expires_at(deadline);
        return timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }

private:
    boost::asio::steady_timer timer_;
    bool is_set_ = false;
};

}  // namespace nunchi::net
