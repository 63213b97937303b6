#include "adapters/discord/gateway/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <variant>

#include "adapters/discord/gateway/close_code.hpp"

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

using Clock = std::chrono::steady_clock;

namespace {

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

constexpr std::chrono::seconds kTasksEnd{1};

asio::awaitable<void> sleep(Clock::duration duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace

Connection::Connection(ConnectionParts parts, Link link, ConnectionOwner& owner)
    : parts_(std::move(parts)),
      link_(std::move(link)),
      owner_(owner),
      writable_(parts_.executor),
      rearm_(parts_.executor),
      is_over_(parts_.executor),
      tasks_(parts_.executor, [this](const std::exception_ptr&) { end(Ending::damaged, 0); }) {}

asio::awaitable<Ended> Connection::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    tasks_.spawn(read_in());
    tasks_.spawn(write_out());
    tasks_.spawn(keep_time());
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    const bool is_cancelled = cancellation.cancelled() != asio::cancellation_type::none;
    if (!is_over_.is_set() && !is_cancelled) co_await is_over_.wait();
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    end(Ending::finished, 0);
    tasks_.cancel();
    co_await tasks_.join(kTasksEnd);
    if (ended_->how != Ending::closed) co_await close();
    co_return *ended_;
}

asio::awaitable<void> Connection::read_in() {
    while (!ended_) {
        const auto frame = co_await parts_.socket->read();
        if (!frame) co_return on_read_error(frame.error());
        on_frame(*frame);
    }
}

asio::awaitable<void> Connection::write_out() {
    for (;;) {
        while (!waiting_.empty()) {
            net::Frame frame = net::text_frame(std::move(waiting_.front()));
            waiting_.pop_front();
            const auto written = co_await parts_.socket->write(std::move(frame));
            // The reader tells why, or the heart.
            if (!written) co_return;
        }
        writable_.clear();
        co_await writable_.wait();
    }
}

asio::awaitable<void> Connection::keep_time() {
    while (!ended_) {
        rearm_.clear();
        armed_for_ = link_.deadline();
        co_await rearm_.wait(armed_for_);
        perform(link_.on_time(Clock::now()));
    }
}

asio::awaitable<void> Connection::ask_permit() {
    co_await owner_.wait_for_permit();
    perform(link_.on_permit(Clock::now()));
}

/// The WebSocket alone would wait for the peer's close frame for longer than a zombie is worth.
asio::awaitable<void> Connection::close() {
    using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
    const std::string reason;
    co_await (parts_.socket->close(close_code::kResumable, reason) || sleep(parts_.close_timeout));
}

void Connection::on_frame(const net::Frame& frame) {
    link_.on_inbound();
    // A server that does not compress says so by sending text.
    if (!frame.is_binary) return on_text(frame.payload);
    const auto text = parts_.inflater->inflate(frame.payload);
    if (text) return on_text(*text);
    owner_.on_odd(text.error() == errc::too_large ? ConnectionOwner::Oddity::too_large
                                                  : ConnectionOwner::Oddity::damaged);
    end(Ending::damaged, 0);
}

void Connection::on_text(std::string_view text) {
    if (text.empty()) return;
    for (auto& payload : parse_payloads(text)) {
        if (payload) {
            perform(link_.on_payload(std::move(*payload), Clock::now()));
        } else {
            owner_.on_odd(ConnectionOwner::Oddity::malformed);
        }
    }
}

void Connection::on_read_error(const boost::system::error_code& error) {
    if (error != net::errc::too_large) return end(Ending::closed, parts_.socket->close_code());
    owner_.on_odd(ConnectionOwner::Oddity::too_large);
    end(Ending::damaged, 0);
}

void Connection::perform(Link::Steps steps) {
    for (LinkStep& step : steps) {
        std::visit(Overloaded{
                       [&](const SendHeartbeat& beat) { say(write_heartbeat(beat.last)); },
                       [&](const Greeted&) { owner_.on_hello(); },
                       [&](const AskPermit&) { tasks_.spawn(ask_permit()); },
                       [&](const SendLogin& login) { log_in(login.login); },
                       [&](Begin& begin) { owner_.on_begun(std::move(begin.payload)); },
                       [&](GoOn& resumed) { owner_.on_resumed(std::move(resumed.payload)); },
                       [&](HandOn& on) { owner_.on_dispatch(std::move(on.payload), on.is_replayed); },
                       [&](const Ignore&) { owner_.on_odd(ConnectionOwner::Oddity::unknown); },
                       [&](const Finish& finish) { end(finish.how, 0); },
                   },
                   step);
    }
    if (link_.deadline() != armed_for_) rearm_.set();
}

void Connection::log_in(Login login) {
    std::string payload = owner_.login_payload(login);
    if (payload.size() > kMaxSent) return end(Ending::unsendable, 0);
    // Before the heartbeats that wait (G41).
    waiting_.push_front(std::move(payload));
    writable_.set();
}

void Connection::say(std::string payload) {
    waiting_.push_back(std::move(payload));
    writable_.set();
}

/// The first reason counts.
void Connection::end(Ending how, std::uint16_t code) {
    if (ended_) return;
    ended_ = Ended{.how = how,
                   .code = code,
                   .login = link_.login(),
                   .has_logged_in = link_.has_logged_in(),
                   .was_ready = link_.was_ready()};
    is_over_.set();
}

}  // namespace nunchi::discord::gateway
