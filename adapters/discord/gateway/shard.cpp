#include "adapters/discord/gateway/shard.hpp"

#include <spdlog/logger.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <variant>

#include "adapters/discord/gateway/close_code.hpp"
#include "adapters/discord/gateway/ending_text.hpp"
#include "adapters/discord/gateway/gateway_url.hpp"

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
using SteadyClock = std::chrono::steady_clock;
using SystemClock = std::chrono::system_clock;

namespace {

/// How far the stored time of the last life may lie behind while nothing else changes.
constexpr std::chrono::minutes kLifeSign{1};

/// So many failures in a row, and Discord is asked again where its gateway is.
constexpr int kFailuresUntilAsked = 3;

constexpr std::chrono::seconds kTasksEnd{1};

SessionOptions session_options(const Options& options) {
    return {.resume_cap = options.resume_cap,
            .backoff_max = options.backoff_max,
            .use_resume_url = options.use_resume_url,
            .intents = options.intents};
}

}  // namespace

Shard::Shard(ShardId id, ShardSurroundings around)
    : id_(id),
      around_(std::move(around)),
      stored_(around_.store, id.number, around_.log),
      receipts_(std::make_shared<Receipts>([this] {
          is_dirty_.set();
          around_.on_change();
      })),
      is_dirty_(around_.executor),
      stop_(around_.executor),
      tasks_(around_.executor) {}

Shard::~Shard() {
    receipts_->forget_owner();
}

asio::awaitable<void> Shard::run() {
    SessionStore::Loaded loaded = co_await stored_.load(id_.count);
    begin(std::move(loaded));
    tasks_.spawn(keep_stored());
    co_await live();
    tasks_.cancel();
    co_await tasks_.join(kTasksEnd);
    co_await store_session();
    if (session_->stop()) report_stop(*session_->stop());
}

void Shard::begin(SessionStore::Loaded loaded) {
    std::optional<Session::Known> known;
    auto start = SteadyClock::now();
    if (loaded.session) {
        receipts_->begin_session(loaded.session->sequence);
        last_sequence_ = loaded.session->sequence;
        alive_at_ = loaded.session->alive_at;
        last_stored_ = loaded.session;
        known = Session::Known{loaded.session->session_id, loaded.session->resume_gateway_url};
    } else {
        // Shards identify in the order of their buckets; those behind come when it can be their turn (G24).
        start += around_.options.identify_interval *
                 (id_.number / around_.discovery.answer().start_limit.max_concurrency);
    }
    session_.emplace(session_options(around_.options), std::move(known), loaded.was_lost, random_(), start);
}

asio::awaitable<void> Shard::live() {
    while (!stop_.is_set() && !session_->stop()) {
        Attempt attempt = session_->next(around_.discovery.url());
        co_await try_connection(std::move(attempt));
    }
}

asio::awaitable<void> Shard::try_connection(Attempt attempt) {
    if (attempt.at > SteadyClock::now()) co_await stop_.wait(attempt.at);
    co_await (prepare(attempt) || wait_for_stop());
    if (stop_.is_set()) co_return;
    const std::string base = attempt.url.empty() ? around_.discovery.url() : attempt.url;
    auto outcome = co_await (connect(base) || wait_for_stop());
    if (outcome.index() != 0) co_return;
    auto& socket = std::get<0>(outcome);
    if (socket) co_return co_await serve(std::move(*socket), attempt.login);
    ++around_.counters.connect_failures;
    set_disconnected("cannot connect to the gateway: " + socket.error().message());
    session_->on_connect_failed(SteadyClock::now());
}

/// Before a connection that would have to wait for its Identify, or that has no right place to go.
asio::awaitable<void> Shard::prepare(Attempt attempt) {
    if (attempt.login == Login::identify) co_await around_.queue.wait_for_budget();
    if (!attempt.url.empty() || session_->connect_failures() < kFailuresUntilAsked) co_return;
    const bool is_answered = co_await around_.discovery.ask();
    if (is_answered) around_.queue.take_start_limit();
}

asio::awaitable<net::result<std::unique_ptr<net::WebSocket>>> Shard::connect(std::string base) {
    const auto url = connect_url(base, around_.options.compression);
    if (!url) co_return url.error();
    net::WebSocketRequest request;
    request.url = *url;
    request.timeout = around_.options.connect_timeout;
    request.max_message = around_.options.max_message_bytes;
    if (!around_.options.user_agent.empty()) request.headers.set("User-Agent", around_.options.user_agent);
    co_return co_await around_.http.connect(std::move(request));
}

asio::awaitable<void> Shard::serve(std::unique_ptr<net::WebSocket> socket, Login login) {
    const double jitter = static_cast<double>(random_() >> 11U) * 0x1p-53;
    const LinkTimeouts timeouts{.hello = around_.options.hello_timeout,
                                .ready = around_.options.ready_timeout};
    const auto last = login == Login::resume ? last_sequence_ : std::nullopt;
    const Link link(login, timeouts, jitter, last, SteadyClock::now());
    ConnectionParts parts{
        .executor = around_.executor,
        .socket = std::move(socket),
        .inflater = create_inflater(around_.options.compression, around_.options.max_message_bytes),
        .close_timeout = around_.options.close_timeout};
    ConnectionOwner& owner = *this;
    connection_ = std::make_unique<Connection>(std::move(parts), link, owner);
    if (!is_taking_) connection_->stop_intake();
    if (stop_.is_set()) connection_->finish();
    const Ended ended = co_await connection_->run();
    last_sequence_ = connection_->link().last_sequence();
    connection_.reset();
    count(ended);
    session_->on_ended(ended, SteadyClock::now());
    set_disconnected(ending_text(ended));
}

asio::awaitable<void> Shard::wait_for_stop() {
    if (!stop_.is_set()) co_await stop_.wait();
}

asio::awaitable<void> Shard::keep_stored() {
    asio::steady_timer timer(around_.executor);
    for (;;) {
        if (!is_dirty_.is_set()) co_await is_dirty_.wait(SteadyClock::now() + kLifeSign);
        is_dirty_.clear();
        co_await store_session();
        timer.expires_after(around_.options.store_interval);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

/// A session that was lost stays stored until the next one begins: who starts then knows that there is a gap.
asio::awaitable<void> Shard::store_session() {
    const auto watermark = receipts_->watermark();
    if (!session_->known() || !watermark) co_return;
    if (connection_ && connection_->link().is_ready()) alive_at_ = SystemClock::now();
    StoredSession now{.session_id = session_->known()->id,
                      .resume_gateway_url = session_->known()->url,
                      .sequence = *watermark,
                      .shard_count = id_.count,
                      .alive_at = alive_at_};
    const bool is_stored = last_stored_ && last_stored_->session_id == now.session_id &&
                           last_stored_->sequence == now.sequence &&
                           now.alive_at - last_stored_->alive_at < kLifeSign;
    if (is_stored) co_return;
    last_stored_ = now;
    co_await stored_.save(std::move(now));
}

void Shard::stop_intake() {
    is_taking_ = false;
    if (connection_) connection_->stop_intake();
}

void Shard::stop() {
    stop_.set();
    if (connection_) connection_->finish();
}

std::optional<std::chrono::milliseconds> Shard::latency() const {
    if (!connection_) return std::nullopt;
    const auto latency = connection_->link().latency();
    if (!latency) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*latency);
}

void Shard::count(const Ended& ended) {
    if (ended.how == Ending::finished) return;
    ++around_.counters.reconnects;
    if (ended.how == Ending::zombie) ++around_.counters.zombies;
    if (ended.how != Ending::closed) return;
    const CloseVerdict verdict = verdict_of(ended.code);
    if (!verdict.is_known) ++around_.counters.unknown_close_codes;
    if (verdict.is_our_fault) {
        around_.log->error(
            "discord: shard {}: the gateway refused something we sent (close code {}): this is a "
            "defect of Nunchi",
            id_.number, ended.code);
    }
}

void Shard::set_connected() {
    alive_at_ = SystemClock::now();
    status_ = {chat::Health::connected, {}};
    around_.log->info("discord: shard {}: connected", id_.number);
    around_.on_change();
}

void Shard::set_disconnected(std::string reason) {
    if (status_.health == chat::Health::connected) {
        alive_at_ = SystemClock::now();
        status_.health = chat::Health::reconnecting;
    }
    if (reason != status_.reason) around_.log->info("discord: shard {}: {}", id_.number, reason);
    status_.reason = std::move(reason);
    around_.on_change();
}

void Shard::report_stop(const Stop& stop) {
    around_.log->error("discord: shard {}: {}", id_.number, stop.reason);
    status_ = {chat::Health::failed, stop.reason};
    around_.on_change();
    if (stop.is_token_refused) around_.on_token_refused();
}

}  // namespace nunchi::discord::gateway
