// One shard: connects for ever, keeps its session, hands its dispatches on.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/discord/gateway/connection.hpp"
#include "adapters/discord/gateway/discovery.hpp"
#include "adapters/discord/gateway/gateway.hpp"
#include "adapters/discord/gateway/identify_queue.hpp"
#include "adapters/discord/gateway/receipts.hpp"
#include "adapters/discord/gateway/session.hpp"
#include "adapters/discord/gateway/session_store.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::discord::gateway {

struct ShardId {
    int number = 0;
    int count = 1;
};

/// What the shards of a gateway share. All of it outlives them.
struct ShardSurroundings {
    boost::asio::any_io_executor executor;
    const Options& options;
    net::HttpClient& http;
    chat::StateStore& store;
    std::shared_ptr<spdlog::logger> log;
    Discovery& discovery;
    IdentifyQueue& queue;
    Counters& counters;
    Sink& sink;
    std::function<void()> on_change;         // of status() or of receipts_out()
    std::function<void()> on_token_refused;  // by close code 4004
};

class Shard final : private ConnectionOwner {
public:
    Shard(ShardId id, ShardSurroundings around);
    ~Shard() override;
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    /// Until stop(), or until status() is failed. Completes when the connection is closed and the watermark
    /// stored. Not to be cancelled.
    boost::asio::awaitable<void> run();

    void stop_intake();
    void stop();

    chat::Status status() const { return status_; }
    std::size_t receipts_out() const { return receipts_->out(); }
    std::uint64_t abandoned() const { return receipts_->abandoned(); }
    std::optional<std::chrono::milliseconds> latency() const;

private:
    void on_hello() override;
    boost::asio::awaitable<void> wait_for_permit() override;
    std::string login_payload(Login login) override;
    void on_begun(Payload ready) override;
    void on_resumed(Payload resumed) override;
    void on_dispatch(Payload payload, bool is_replayed) override;
    void on_odd(Oddity oddity) override;

    void begin(SessionStore::Loaded loaded);
    boost::asio::awaitable<void> live();
    boost::asio::awaitable<void> try_connection(Attempt attempt);
    boost::asio::awaitable<void> prepare(Attempt attempt);
    boost::asio::awaitable<net::result<std::unique_ptr<net::WebSocket>>> connect(std::string base);
    boost::asio::awaitable<void> serve(std::unique_ptr<net::WebSocket> socket, Login login);
    boost::asio::awaitable<void> wait_for_stop();
    boost::asio::awaitable<void> keep_stored();
    boost::asio::awaitable<void> store_session();

    bool is_passed_over(const Payload& payload);
    void hand_on(Payload payload, bool is_replayed, std::optional<Sequence> sequence);
    void count(const Ended& ended);
    void set_connected();
    void set_disconnected(std::string reason);
    void report_stop(const Stop& stop);

    ShardId id_;
    ShardSurroundings around_;
    SessionStore stored_;
    std::shared_ptr<Receipts> receipts_;
    std::optional<Session> session_;
    std::optional<Sequence> last_sequence_;
    std::mt19937_64 random_{std::random_device{}()};
    chat::Status status_;
    bool is_taking_ = true;

    std::optional<StoredSession> last_stored_;
    std::chrono::system_clock::time_point alive_at_;
    net::Signal is_dirty_;  // the stored session may be behind
    net::Signal stop_;
    std::unique_ptr<Connection> connection_;
    net::TaskGroup tasks_;
};

}  // namespace nunchi::discord::gateway
