// Falls once, when the bot's token is refused, and stays.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace nunchi::discord::rest {

/// Any number may wait. Must outlive the waits.
class TokenLatch {
public:
    explicit TokenLatch(const boost::asio::any_io_executor& executor)
        : timer_(executor, boost::asio::steady_timer::time_point::max()) {}

    bool has_fallen() const { return has_fallen_; }

    void fall() {
        has_fallen_ = true;
        timer_.cancel();
    }

    /// Completes when it has fallen, or when the call is cancelled.
    boost::asio::awaitable<void> wait() {
        if (has_fallen_) co_return;
        co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }

private:
    boost::asio::steady_timer timer_;
    bool has_fallen_ = false;
};

}  // namespace nunchi::discord::rest
