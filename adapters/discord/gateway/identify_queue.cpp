#include "adapters/discord/gateway/identify_queue.hpp"

#include <spdlog/logger.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using SystemClock = std::chrono::system_clock;

namespace {

constexpr const char* kKey = "discord/identifies";

/// Older limits are asked for again before an Identify (G26).
constexpr std::chrono::seconds kLimitsKeep{30};

/// How often those who stand behind another look whether it is their turn.
constexpr milliseconds kLook{200};

/// No wait for the budget is slept through in one piece: Discord's answer may change.
constexpr std::chrono::minutes kLongestSleep{10};

}  // namespace

/// A place in the line, given up when the coroutine that holds it ends in any way.
class IdentifyQueue::Place {
public:
    Place(IdentifyGate& gate, int shard) : gate_(gate), shard_(shard) { gate_.enter(shard_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { gate_.leave(shard_); }

private:
    IdentifyGate& gate_;
    int shard_;
};

IdentifyQueue::IdentifyQueue(asio::any_io_executor executor, Discovery& discovery, chat::StateStore& store,
                             IdentifyBudgetLimits limits, milliseconds interval,
                             std::shared_ptr<spdlog::logger> log)
    : executor_(std::move(executor)),
      discovery_(discovery),
      store_(store),
      log_(std::move(log)),
      interval_(interval),
      budget_(limits),
      gate_(1, interval) {}

asio::awaitable<void> IdentifyQueue::load() {
    const std::string key = kKey;
    const auto text = co_await store_.get(key);
    if (!text) log_->warn("discord: cannot read the count of logins {}: {}", key, text.error().message());
    if (!text || !*text) co_return;
    if (!budget_.load(**text, SystemClock::now()))
        log_->warn("discord: the count of logins {} is damaged", key);
    const auto last = budget_.last();
    if (!last) co_return;
    // The interval holds over a restart too. A clock that went back must not hold for longer than it.
    const SystemClock::duration left = *last + interval_ - SystemClock::now();
    gate_.hold_until(SteadyClock::now() + std::min<SystemClock::duration>(left, interval_));
}

void IdentifyQueue::take_start_limit() {
    const StartLimit& limit = discovery_.answer().start_limit;
    budget_.set_start_limit(limit, SystemClock::now());
    gate_.set_max_concurrency(limit.max_concurrency);
}

asio::awaitable<void> IdentifyQueue::wait_for_budget() {
    for (;;) {
        const milliseconds wait = budget_.wait(SystemClock::now());
        if (wait <= milliseconds::zero()) co_return;
        report(wait);
        co_await sleep(std::min<SteadyClock::duration>(wait, kLongestSleep));
        co_await refresh();
    }
}

asio::awaitable<void> IdentifyQueue::wait_for_turn(int shard) {
    const Place place(gate_, shard);
    for (;;) {
        co_await refresh();
        co_await wait_for_budget();
        const auto now = SteadyClock::now();
        const auto at = gate_.may_pass_at(shard);
        if (at && *at <= now) break;
        co_await sleep(at ? *at - now : SteadyClock::duration(kLook));
    }
    co_await spend(shard);
}

asio::awaitable<void> IdentifyQueue::spend(int shard) {
    gate_.pass(shard, SteadyClock::now());
    budget_.spend(SystemClock::now());
    const std::string key = kKey;
    const std::string text = budget_.to_text();
    const auto stored = co_await store_.put(key, text);
    if (!stored) log_->warn("discord: cannot store the count of logins: {}", stored.error().message());
    // The interval counts from when the Identify leaves, which is now.
    gate_.pass(shard, SteadyClock::now());
}

/// Without an answer our own count decides alone.
asio::awaitable<void> IdentifyQueue::refresh() {
    if (is_refreshing_ || discovery_.age() < kLimitsKeep) co_return;
    is_refreshing_ = true;
    // Until this frame goes, in whatever way.
    const std::shared_ptr<bool> guard(&is_refreshing_, [](bool* flag) { *flag = false; });
    const bool is_answered = co_await discovery_.ask();
    if (is_answered) take_start_limit();
}

asio::awaitable<void> IdentifyQueue::sleep(SteadyClock::duration duration) {
    asio::steady_timer timer(executor_, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

void IdentifyQueue::report(milliseconds wait) {
    if (wait < std::chrono::seconds(10)) return;
    log_->warn("discord: {} logins in 24 hours; the next one in {} s", budget_.spent(SystemClock::now()),
               std::chrono::duration_cast<std::chrono::seconds>(wait).count());
}

}  // namespace nunchi::discord::gateway
