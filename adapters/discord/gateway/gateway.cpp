#include "adapters/discord/gateway/gateway.hpp"

#include <spdlog/logger.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "adapters/discord/gateway/discovery.hpp"
#include "adapters/discord/gateway/identify_queue.hpp"
#include "adapters/discord/gateway/shard.hpp"
#include "adapters/net/backoff.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds kShardsEnd{10};
constexpr std::chrono::seconds kTasksEnd{1};

/// G51: above so many shards the number must be a multiple of Discord's.
constexpr int kManyShards = 150'000 / 2500;

class Implementation final : public Gateway {
public:
    Implementation(asio::any_io_executor executor, Options options, Dependencies dependencies)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          dependencies_(std::move(dependencies)),
          discovery_(dependencies_.rest, options_.gateway_url, dependencies_.log),
          changed_(executor_),
          shard_tasks_(executor_, [this](std::exception_ptr thrown) { on_failure(std::move(thrown)); }),
          tasks_(executor_, [this](std::exception_ptr thrown) { on_failure(std::move(thrown)); }) {}

    asio::awaitable<void> run(Sink& sink) override;
    void stop_intake() override;
    chat::Status status() const override;
    Counters counters() const override;

private:
    asio::awaitable<void> start(Sink& sink);
    asio::awaitable<void> discover();
    asio::awaitable<void> watch_token();
    asio::awaitable<void> wait_for_end();
    asio::awaitable<void> drain();
    asio::awaitable<void> close();

    int shard_count() const;
    IdentifyBudgetLimits budget_limits() const;
    std::size_t receipts_out() const;
    const Shard* first_not_connected() const;
    void notice_failed_shard();
    void fail(std::string reason);
    void on_failure(std::exception_ptr thrown);

    asio::any_io_executor executor_;
    Options options_;
    Dependencies dependencies_;
    Discovery discovery_;
    std::unique_ptr<IdentifyQueue> queue_;
    Counters counters_;
    std::vector<std::unique_ptr<Shard>> shards_;
    std::string failure_;  // why it has ended for good
    bool is_stopping_ = false;
    bool has_ended_ = false;
    net::Signal changed_;
    net::TaskGroup shard_tasks_;
    net::TaskGroup tasks_;
};

asio::awaitable<void> Implementation::run(Sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    tasks_.spawn(start(sink));
    tasks_.spawn(watch_token());
    co_await wait_for_end();
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await drain();
    co_await close();
    has_ended_ = true;
}

asio::awaitable<void> Implementation::start(Sink& sink) {
    co_await discover();
    queue_ = std::make_unique<IdentifyQueue>(executor_, discovery_, dependencies_.store, budget_limits(),
                                             options_.identify_interval, dependencies_.log);
    co_await queue_->load();
    queue_->take_start_limit();
    for (int number = 0; number < shard_count(); ++number) {
        ShardSurroundings around{.executor = executor_,
                                 .options = options_,
                                 .http = dependencies_.http,
                                 .store = dependencies_.store,
                                 .log = dependencies_.log,
                                 .discovery = discovery_,
                                 .queue = *queue_,
                                 .counters = counters_,
                                 .sink = sink,
                                 .on_change = [this] { changed_.set(); },
                                 .on_token_refused = [this] { dependencies_.rest.refuse_token(); }};
        shards_.push_back(std::make_unique<Shard>(ShardId{number, shard_count()}, std::move(around)));
    }
    for (const auto& shard : shards_) shard_tasks_.spawn(shard->run());
}

/// A server that cannot be reached at the start is no reason to give up (T18).
asio::awaitable<void> Implementation::discover() {
    net::Backoff backoff({.most = options_.backoff_max});
    asio::steady_timer timer(executor_);
    for (;;) {
        const bool is_answered = co_await discovery_.ask();
        if (is_answered) co_return;
        timer.expires_after(backoff.next());
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> Implementation::watch_token() {
    co_await dependencies_.rest.wait_until_unauthorized();
    if (!dependencies_.rest.is_unauthorized()) co_return;
    fail(
        "Discord refuses the bot's token (REST answered 401): copy it again from the developer portal, page "
        "Bot");
}

asio::awaitable<void> Implementation::wait_for_end() {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    while (!is_stopping_ && failure_.empty() && cancellation.cancelled() == asio::cancellation_type::none) {
        changed_.clear();
        co_await changed_.wait();
        notice_failed_shard();
    }
}

/// Not after a failure or a cancellation: then nobody waits for the answers.
asio::awaitable<void> Implementation::drain() {
    const auto deadline = Clock::now() + options_.drain_timeout;
    while (is_stopping_ && failure_.empty() && receipts_out() > 0 && Clock::now() < deadline) {
        changed_.clear();
        co_await changed_.wait(deadline);
        notice_failed_shard();
    }
}

asio::awaitable<void> Implementation::close() {
    // No further shards.
    tasks_.cancel();
    co_await tasks_.join(kTasksEnd);
    for (const auto& shard : shards_) {
        shard->stop_intake();
        shard->stop();
    }
    const bool have_ended = co_await shard_tasks_.join(kShardsEnd);
    if (have_ended) co_return;
    dependencies_.log->warn("discord: not every shard came to its end in time");
    shard_tasks_.cancel();
    co_await shard_tasks_.join(kTasksEnd);
}

void Implementation::stop_intake() {
    is_stopping_ = true;
    for (const auto& shard : shards_) shard->stop_intake();
    changed_.set();
}

chat::Status Implementation::status() const {
    if (!failure_.empty()) return {chat::Health::failed, failure_};
    if (has_ended_) return {chat::Health::stopped, {}};
    if (shards_.empty()) return {chat::Health::starting, discovery_.failure()};
    const Shard* shard = first_not_connected();
    if (shard == nullptr) return {chat::Health::connected, {}};
    return shard->status();
}

Counters Implementation::counters() const {
    Counters counters = counters_;
    for (const auto& shard : shards_) {
        counters.abandoned += shard->abandoned();
        counters.latency.push_back(shard->latency());
    }
    return counters;
}

int Implementation::shard_count() const {
    const int recommended = discovery_.answer().shards;
    if (options_.shards <= 0) return recommended;
    if (recommended > kManyShards && options_.shards % recommended != 0) {
        dependencies_.log->warn("discord: {} shards are no multiple of the {} that Discord asks for",
                                options_.shards, recommended);
    }
    return options_.shards;
}

/// All shards of a start, and of one restart soon after, need no wait but that of the gate.
IdentifyBudgetLimits Implementation::budget_limits() const {
    IdentifyBudgetLimits limits;
    limits.per_day = options_.identifies_per_day;
    limits.burst = std::max(limits.burst, 2 * static_cast<std::size_t>(shard_count()));
    return limits;
}

std::size_t Implementation::receipts_out() const {
    std::size_t out = 0;
    for (const auto& shard : shards_) out += shard->receipts_out();
    return out;
}

const Shard* Implementation::first_not_connected() const {
    const auto found = std::find_if(shards_.begin(), shards_.end(), [](const auto& shard) {
        return shard->status().health != chat::Health::connected;
    });
    return found == shards_.end() ? nullptr : found->get();
}

void Implementation::notice_failed_shard() {
    for (const auto& shard : shards_) {
        const chat::Status status = shard->status();
        if (status.health == chat::Health::failed) return fail(status.reason);
    }
}

void Implementation::fail(std::string reason) {
    if (failure_.empty()) failure_ = std::move(reason);
    changed_.set();
}

void Implementation::on_failure(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(std::move(thrown));
    } catch (const std::exception& error) {
        fail(std::string("an unexpected failure in the gateway: ") + error.what());
    } catch (...) {
        fail("an unexpected failure in the gateway");
    }
}

}  // namespace

std::unique_ptr<Gateway> create_gateway(asio::any_io_executor executor, Options options,
                                        Dependencies dependencies) {
    return std::make_unique<Implementation>(std::move(executor), std::move(options), std::move(dependencies));
}

}  // namespace nunchi::discord::gateway
