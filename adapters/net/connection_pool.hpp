// The client's open connections, host by host: kept for the next request, never more than so many.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/net/client_stream.hpp"
#include "adapters/net/error.hpp"
#include "adapters/net/signal.hpp"

namespace nunchi::net {

/// Which connections are alike. The proxy follows from the host, so that it needs no place here.
struct PoolKey {
    bool is_secure = false;
    std::string host;
    std::uint16_t port = 0;

    auto operator<=>(const PoolKey&) const = default;
};

struct PoolLimits {
    std::size_t max_per_host = 8;
    std::size_t max_waiting_per_host = 1000;  // beyond it errc::too_many
    std::chrono::steady_clock::duration keep_idle = std::chrono::seconds(60);
};

/// Whoever waits for a place gets it in the order of the calls. Used on one thread.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
public:
    using Clock = std::chrono::steady_clock;

    /// One place of a host. Destroyed, it gives the place to the next; the connection is closed unless keep()
    /// was called. Keeps the pool alive.
    class Lease {
    public:
        Lease() = default;  // of nothing
        Lease(std::shared_ptr<ConnectionPool> pool, PoolKey key, std::unique_ptr<ClientStream> kept)
            : stream(std::move(kept)), pool_(std::move(pool)), key_(std::move(key)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();

        /// The connection may serve another request.
        void keep() { is_kept_ = true; }

        std::unique_ptr<ClientStream> stream;  // null when there was none to reuse: dial

    private:
        std::shared_ptr<ConnectionPool> pool_;
        PoolKey key_;
        bool is_kept_ = false;
    };

    ConnectionPool(boost::asio::any_io_executor executor, PoolLimits limits)
        : executor_(std::move(executor)), limits_(limits) {}

    /// errc::timed_out at the deadline, errc::too_many, or operation_aborted when cancelled.
    static boost::asio::awaitable<result<Lease>> acquire(std::shared_ptr<ConnectionPool> pool, PoolKey key,
                                                         Clock::time_point deadline);

    /// Closes what has been idle for too long; acquire() does it too.
    void drop_stale(Clock::time_point now);

    std::size_t idle_count() const;

private:
    struct Idle {
        std::unique_ptr<ClientStream> stream;
        Clock::time_point since;
    };
    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& executor) : granted(executor) {}
        Signal granted;
        std::unique_ptr<ClientStream> stream;
    };
    struct Host {
        std::size_t leased = 0;
        std::vector<Idle> idle;  // the one used last at the end
        std::list<std::shared_ptr<Waiter>> waiting;
    };

    /// A connection that is still good, or null.
    static std::unique_ptr<ClientStream> take_idle(Host& host);
    void release(const PoolKey& key, std::unique_ptr<ClientStream> stream);
    static bool is_unused(const Host& host);
    void forget_if_unused(const PoolKey& key);

    boost::asio::any_io_executor executor_;
    PoolLimits limits_;
    std::map<PoolKey, Host> hosts_;
};

}  // namespace nunchi::net
