#include "adapters/slack/socket_mode/socket_mode.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <utility>
#include <variant>

#include "adapters/net/backoff.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/slack/socket_mode/acknowledgements.hpp"

namespace nunchi::slack::socket_mode {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::uint16_t kNormalClosure = 1000;
constexpr std::chrono::seconds kTasksEnd{2};
constexpr const char* kSwitchedOff =
    "Socket Mode is switched off; switch it on in the app's settings at api.slack.com/apps";

/// One connection that has said hello.
struct Link {
    Link(const asio::any_io_executor& executor, int given_number, std::unique_ptr<net::WebSocket> opened)
        : number(given_number), socket(std::move(opened)), to_be_replaced(executor) {}

    int number;
    std::shared_ptr<net::WebSocket> socket;
    Clock::time_point since = Clock::now();
    net::Signal to_be_replaced;  // Slack asked for it, or it has ended
    Farewell farewell = Farewell::refresh;
    bool was_asked = false;  // Slack said goodbye
};

/// Counts itself while it lives.
class Counted {
public:
    explicit Counted(int& count) : count_(count) { ++count_; }
    ~Counted() { --count_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    int& count_;
};

/// Why there is no connection yet, and how long that is not to be changed.
struct Obstacle {
    std::string reason;
    Farewell farewell = Farewell::refresh;
    std::optional<std::chrono::seconds> retry_after{};
};

class Implementation final : public SocketMode {
public:
    Implementation(asio::any_io_executor executor, Options options, net::HttpClient& http, Opener open,
                   Handler handler, std::shared_ptr<spdlog::logger> log)
        : executor_(std::move(executor)),
          options_(options),
          http_(http),
          open_(std::move(open)),
          handler_(std::move(handler)),
          log_(std::move(log)),
          acknowledgements_(std::make_shared<Acknowledgements>(executor_, options_.ack_at_latest, counters_)),
          is_over_(executor_),
          tasks_(executor_, [this](std::exception_ptr thrown) { on_failure(std::move(thrown)); }) {}

    ~Implementation() override { acknowledgements_->retire(); }

    asio::awaitable<void> run() override;
    void stop_intake() override;
    chat::Status status() const override;
    Counters counters() const override;

private:
    asio::awaitable<void> keep_slot();
    asio::awaitable<std::shared_ptr<Link>> establish(net::Backoff& backoff);
    asio::awaitable<std::variant<std::shared_ptr<Link>, Obstacle>> try_once();
    asio::awaitable<std::optional<Obstacle>> wait_for_hello(net::WebSocket& socket);
    asio::awaitable<void> read_in(std::shared_ptr<Link> link);
    asio::awaitable<void> write(std::shared_ptr<net::WebSocket> socket, std::string text);
    asio::awaitable<void> retire(std::shared_ptr<Link> link);
    asio::awaitable<void> drain();
    asio::awaitable<void> pause(Clock::duration wait);

    void on_frame(Link& link, const net::Frame& frame);
    void on_hello(const Hello& hello);
    void on_envelope(const Link& link, Envelope envelope);
    void on_failure(std::exception_ptr thrown);
    void fail(std::string reason);
    void note_missing(const std::string& reason);
    Clock::duration wait_after(const Obstacle& obstacle, net::Backoff& backoff) const;

    asio::any_io_executor executor_;
    Options options_;
    net::HttpClient& http_;
    Opener open_;
    Handler handler_;
    std::shared_ptr<spdlog::logger> log_;
    Counters counters_;
    std::shared_ptr<Acknowledgements> acknowledgements_;
    std::map<int, std::shared_ptr<Link>> links_;  // open ones
    int last_number_ = 0;
    int attempts_ = 0;     // connections that open, or wait for their hello
    std::string reason_;   // why a connection is missing
    std::string failure_;  // why it has ended for good
    bool is_stopping_ = false;
    bool has_ended_ = false;
    bool has_been_open_ = false;
    net::Signal is_over_;
    net::TaskGroup tasks_;
};

asio::awaitable<void> Implementation::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    tasks_.spawn(acknowledgements_->run());
    for (int slot = 0; slot < std::max(1, options_.connections); ++slot) tasks_.spawn(keep_slot());
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (!is_over_.is_set() && cancellation.cancelled() == asio::cancellation_type::none) {
        co_await is_over_.wait();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    is_stopping_ = true;
    if (failure_.empty()) co_await drain();
    const auto open = links_;  // each leaves the list when it has closed
    for (const auto& [number, link] : open) {
        const std::shared_ptr<net::WebSocket> socket = link->socket;
        co_await socket->close(kNormalClosure, {});
    }
    tasks_.cancel();
    co_await tasks_.join(kTasksEnd);
    has_ended_ = true;
}

void Implementation::stop_intake() {
    is_stopping_ = true;
    is_over_.set();
}

asio::awaitable<void> Implementation::drain() {
    const auto deadline = Clock::now() + options_.drain_timeout;
    while (acknowledgements_->owes_any() && Clock::now() < deadline) {
        co_await acknowledgements_->wait_for_less(deadline);
    }
}

asio::awaitable<void> Implementation::keep_slot() {
    net::Backoff backoff({.first = options_.backoff_first, .most = options_.backoff_max});
    std::shared_ptr<Link> last;
    while (!is_stopping_) {
        const std::shared_ptr<Link> link = co_await establish(backoff);
        if (!link) co_return;
        // The new one stands: only now the old one may go (S4).
        if (last && links_.contains(last->number)) tasks_.spawn(retire(last));
        if (!link->to_be_replaced.is_set()) co_await link->to_be_replaced.wait();
        ++(link->was_asked ? counters_.refreshes : counters_.deaths);
        Obstacle obstacle{.reason = "the connection ended", .farewell = link->farewell};
        const bool was_steady = Clock::now() - link->since >= options_.steady_after;
        if (was_steady) backoff.reset();
        if (!was_steady || link->farewell != Farewell::refresh) co_await pause(wait_after(obstacle, backoff));
        last = link;
    }
}

/// Tries for ever; nothing when it will never succeed.
asio::awaitable<std::shared_ptr<Link>> Implementation::establish(net::Backoff& backoff) {
    while (!is_stopping_) {
        auto outcome = co_await try_once();
        if (auto* link = std::get_if<std::shared_ptr<Link>>(&outcome)) {
            reason_.clear();
            co_return std::move(*link);
        }
        const Obstacle obstacle = std::move(std::get<Obstacle>(outcome));
        if (!failure_.empty()) co_return nullptr;
        note_missing(obstacle.reason);
        co_await pause(wait_after(obstacle, backoff));
    }
    co_return nullptr;
}

/// Told once for as long as it stays the same.
void Implementation::note_missing(const std::string& reason) {
    if (reason != reason_) log_->warn("slack: no connection: {}", reason);
    reason_ = reason;
}

Clock::duration Implementation::wait_after(const Obstacle& obstacle, net::Backoff& backoff) const {
    if (obstacle.farewell == Farewell::link_disabled) return options_.disabled_wait;
    const Clock::duration wait = backoff.next();
    return obstacle.retry_after ? std::max<Clock::duration>(wait, *obstacle.retry_after) : wait;
}

asio::awaitable<std::variant<std::shared_ptr<Link>, Obstacle>> Implementation::try_once() {
    Opening opening = co_await open_();
    if (opening.url.empty()) {
        if (opening.is_final) fail(opening.reason);
        co_return Obstacle{.reason = std::move(opening.reason), .retry_after = opening.retry_after};
    }
    net::WebSocketRequest request;
    request.url = std::move(opening.url);
    if (options_.has_short_lives) request.url += "&debug_reconnects=true";
    request.timeout = options_.connect_timeout;
    request.max_message = options_.max_message_bytes;
    request.idle = options_.idle;
    const Counted counted(attempts_);
    auto socket = co_await http_.connect(std::move(request));
    if (!socket) co_return Obstacle{.reason = "the WebSocket did not open: " + socket.error().message()};
    auto link = std::make_shared<Link>(executor_, ++last_number_, std::move(*socket));
    auto obstacle = co_await wait_for_hello(*link->socket);
    if (obstacle) {
        std::shared_ptr<net::WebSocket> refused = link->socket;
        co_await refused->close(kNormalClosure, {});
        co_return std::move(*obstacle);
    }
    links_[link->number] = link;
    has_been_open_ = true;
    ++counters_.connections;
    acknowledgements_->open(link->number, [this, socket = link->socket](std::string text) {
        tasks_.spawn(write(socket, std::move(text)));
    });
    tasks_.spawn(read_in(link));
    co_return link;
}

asio::awaitable<std::optional<Obstacle>> Implementation::wait_for_hello(net::WebSocket& socket) {
    // The WebSocket's own idle limit is shorter than most waits for a hello; this one is for a server that
    // pings.
    const auto deadline = Clock::now() + options_.hello_timeout;
    while (Clock::now() < deadline) {
        const auto frame = co_await socket.read();
        if (!frame) co_return Obstacle{.reason = "closed before the hello: " + frame.error().message()};
        const auto incoming = read_frame(frame->payload);
        if (const auto* hello = std::get_if<Hello>(&incoming)) {
            on_hello(*hello);
            co_return std::nullopt;
        }
        if (const auto* disconnect = std::get_if<Disconnect>(&incoming)) {
            const bool is_off = disconnect->farewell == Farewell::link_disabled;
            std::string reason = is_off ? kSwitchedOff : "Slack says " + disconnect->reason;
            co_return Obstacle{.reason = std::move(reason), .farewell = disconnect->farewell};
        }
    }
    co_return Obstacle{.reason = "no hello in time"};
}

asio::awaitable<void> Implementation::write(std::shared_ptr<net::WebSocket> socket, std::string text) {
    net::Frame frame = net::text_frame(std::move(text));
    // Lost with its connection: Slack delivers the envelope again, and it is known then.
    co_await socket->write(std::move(frame));
}

asio::awaitable<void> Implementation::read_in(std::shared_ptr<Link> link) {
    for (;;) {
        const auto frame = co_await link->socket->read();
        if (!frame) break;
        on_frame(*link, *frame);
    }
    acknowledgements_->close(link->number);
    links_.erase(link->number);
    link->to_be_replaced.set();
}

/// Answers what came over it, then closes it.
asio::awaitable<void> Implementation::retire(std::shared_ptr<Link> link) {
    const auto deadline = Clock::now() + options_.ack_at_latest;
    while (acknowledgements_->owes(link->number) && Clock::now() < deadline) {
        co_await pause(std::chrono::milliseconds(50));
    }
    const std::shared_ptr<net::WebSocket> socket = link->socket;
    co_await socket->close(kNormalClosure, {});
}

asio::awaitable<void> Implementation::pause(Clock::duration wait) {
    asio::steady_timer timer(executor_, wait);
    co_await timer.async_wait(asio::use_awaitable);
}

void Implementation::on_frame(Link& link, const net::Frame& frame) {
    counters_.last_frame = Clock::now();
    auto incoming = read_frame(frame.payload);
    if (const auto* hello = std::get_if<Hello>(&incoming)) return on_hello(*hello);
    if (auto* envelope = std::get_if<Envelope>(&incoming)) return on_envelope(link, std::move(*envelope));
    if (const auto* disconnect = std::get_if<Disconnect>(&incoming)) {
        if (disconnect->farewell == Farewell::link_disabled) {
            note_missing(kSwitchedOff);
        } else {
            log_->info("slack: a connection is to be replaced: {}", disconnect->reason);
        }
        link.farewell = disconnect->farewell;
        link.was_asked = true;
        link.to_be_replaced.set();
        return;
    }
    ++counters_.unknown;
}

void Implementation::on_hello(const Hello& hello) {
    counters_.last_frame = Clock::now();
    // This one, and others that open at the same time, are not among the links yet.
    const auto ours = static_cast<int>(links_.size()) + attempts_;
    if (hello.connections <= ours) return;
    if (counters_.strangers++ == 0) {
        log_->warn(
            "slack: the app has {} connections and {} of them are ours: another process takes a part of its "
            "events",
            hello.connections, ours);
    }
}

void Implementation::on_envelope(const Link& link, Envelope envelope) {
    if (is_stopping_) return;
    counters_.last_event = Clock::now();
    if (envelope.retry_attempt > 0) ++counters_.retries;
    switch (envelope.kind) {
        case Kind::event: ++counters_.events; break;
        case Kind::command: ++counters_.commands; break;
        case Kind::interaction: ++counters_.interactions; break;
        case Kind::other: ++counters_.unknown; break;
    }
    auto acknowledgement = acknowledgements_->take(envelope, link.number);
    handler_(std::move(envelope), std::move(acknowledgement));
}

void Implementation::on_failure(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(std::move(thrown));
    } catch (const std::exception& error) {
        fail(std::string("an unexpected failure in Socket Mode: ") + error.what());
    } catch (...) {
        fail("an unexpected failure in Socket Mode");
    }
}

void Implementation::fail(std::string reason) {
    if (failure_.empty()) {
        log_->error("slack: {}", reason);
        failure_ = std::move(reason);
    }
    is_over_.set();
}

chat::Status Implementation::status() const {
    if (!failure_.empty()) return {chat::Health::failed, failure_};
    if (has_ended_) return {chat::Health::stopped, {}};
    if (!links_.empty()) return {chat::Health::connected, {}};
    return {has_been_open_ ? chat::Health::reconnecting : chat::Health::starting, reason_};
}

Counters Implementation::counters() const {
    Counters counters = counters_;
    counters.open = links_.size();
    return counters;
}

}  // namespace

std::unique_ptr<SocketMode> create_socket_mode(asio::any_io_executor executor, Options options,
                                               net::HttpClient& http, Opener open, Handler handler,
                                               std::shared_ptr<spdlog::logger> log) {
    return std::make_unique<Implementation>(std::move(executor), options, http, std::move(open),
                                            std::move(handler), std::move(log));
}

}  // namespace nunchi::slack::socket_mode
