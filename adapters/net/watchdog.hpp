// Ends what takes longer than it may.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace nunchi::net {

/// Calls `bite` once when the deadline passes while the object lives, never after. Not for use on several
/// threads.
class Watchdog {
public:
    using Clock = std::chrono::steady_clock;

    Watchdog(const boost::asio::any_io_executor& executor, Clock::time_point deadline,
             std::function<void()> bite)
        : leash_(std::make_shared<Leash>(Leash{.bite = std::move(bite)})), timer_(executor, deadline) {
        // The timer may have fired already when the object goes, so its handler holds no more than a weak
        // pointer.
        timer_.async_wait([weak = std::weak_ptr(leash_)](boost::system::error_code error) {
            const auto leash = weak.lock();
            if (error || !leash) return;
            leash->has_bitten = true;
            leash->bite();
        });
    }

    bool has_bitten() const { return leash_->has_bitten; }

private:
    struct Leash {
        std::function<void()> bite;
        bool has_bitten = false;
    };

    std::shared_ptr<Leash> leash_;
    boost::asio::steady_timer timer_;
};

}  // namespace nunchi::net
