#include "adapters/net/connection_pool.hpp"

#include <boost/asio/error.hpp>
#include <utility>

namespace nunchi::net {

namespace asio = boost::asio;

ConnectionPool::Lease::~Lease() {
    // Moved from, it has nothing to give.
    if (pool_) pool_->release(key_, is_kept_ ? std::move(stream) : nullptr);
}

asio::awaitable<result<ConnectionPool::Lease>> ConnectionPool::acquire(std::shared_ptr<ConnectionPool> pool,
                                                                       PoolKey key,
                                                                       Clock::time_point deadline) {
    pool->drop_stale(Clock::now());
    Host& host = pool->hosts_[key];  // stays where it is as long as somebody waits
    if (host.leased < pool->limits_.max_per_host) {
        ++host.leased;
        co_return Lease(pool, key, take_idle(host));
    }
    if (host.waiting.size() >= pool->limits_.max_waiting_per_host) co_return make_error_code(errc::too_many);
    const auto waiter = std::make_shared<Waiter>(pool->executor_);
    const auto place = host.waiting.insert(host.waiting.end(), waiter);
    const auto [woken] = co_await waiter->granted.wait(deadline);
    if (waiter->granted.is_set()) co_return Lease(pool, key, std::move(waiter->stream));
    host.waiting.erase(place);
    pool->forget_if_unused(key);
    co_return woken == asio::error::operation_aborted ? woken : make_error_code(errc::timed_out);
}

std::unique_ptr<ClientStream> ConnectionPool::take_idle(Host& host) {
    while (!host.idle.empty()) {
        std::unique_ptr<ClientStream> stream = std::move(host.idle.back().stream);
        host.idle.pop_back();
        if (stream->is_quiet()) return stream;
    }
    return nullptr;
}

void ConnectionPool::release(const PoolKey& key, std::unique_ptr<ClientStream> stream) {
    Host& host = hosts_[key];
    if (!host.waiting.empty()) {
        const auto next = std::move(host.waiting.front());
        host.waiting.pop_front();
        if (stream && stream->is_quiet()) next->stream = std::move(stream);
        next->granted.set();
        return;
    }
    --host.leased;
    if (stream) host.idle.push_back(Idle{.stream = std::move(stream), .since = Clock::now()});
    forget_if_unused(key);
}

void ConnectionPool::drop_stale(Clock::time_point now) {
    for (auto& [key, host] : hosts_) {
        std::erase_if(host.idle, [&](const Idle& idle) { return now - idle.since >= limits_.keep_idle; });
    }
    std::erase_if(hosts_, [](const auto& entry) { return is_unused(entry.second); });
}

bool ConnectionPool::is_unused(const Host& host) {
    return host.leased == 0 && host.idle.empty() && host.waiting.empty();
}

void ConnectionPool::forget_if_unused(const PoolKey& key) {
    const auto found = hosts_.find(key);
    if (found != hosts_.end() && is_unused(found->second)) hosts_.erase(found);
}

std::size_t ConnectionPool::idle_count() const {
    std::size_t count = 0;
    for (const auto& [key, host] : hosts_) count += host.idle.size();
    return count;
}

}  // namespace nunchi::net
