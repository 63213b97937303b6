// Lets the shards identify one after the other, within Discord's limits and our own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "adapters/chat/state_store.hpp"
#include "adapters/discord/gateway/discovery.hpp"
#include "adapters/discord/gateway/identify_budget.hpp"
#include "adapters/discord/gateway/identify_gate.hpp"

namespace nunchi::discord::gateway {

/// Used on one thread by all shards of the process. Must outlive the calls.
class IdentifyQueue {
public:
    IdentifyQueue(boost::asio::any_io_executor executor, Discovery& discovery, chat::StateStore& store,
                  IdentifyBudgetLimits limits, std::chrono::milliseconds interval,
                  std::shared_ptr<spdlog::logger> log);

    /// What was spent before the restart.
    boost::asio::awaitable<void> load();
    /// Discovery has an answer.
    void take_start_limit();

    /// Completes when the budget has something left. Spends nothing.
    boost::asio::awaitable<void> wait_for_budget();

    /// Completes when this shard may identify, at once and once; it is counted and stored by then.
    /// Cancellation leaves the line.
    boost::asio::awaitable<void> wait_for_turn(int shard);

private:
    class Place;

    boost::asio::awaitable<void> refresh();
    boost::asio::awaitable<void> spend(int shard);
    boost::asio::awaitable<void> sleep(std::chrono::steady_clock::duration duration);
    void report(std::chrono::milliseconds wait);

    boost::asio::any_io_executor executor_;
    Discovery& discovery_;
    chat::StateStore& store_;
    std::shared_ptr<spdlog::logger> log_;
    std::chrono::milliseconds interval_;
    IdentifyBudget budget_;
    IdentifyGate gate_;
    bool is_refreshing_ = false;
};

}  // namespace nunchi::discord::gateway
