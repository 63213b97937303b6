#include "bot/pipeline/send.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "bot/pipeline/answer.hpp"

namespace nunchi::pipeline {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

asio::awaitable<void> remove_effect(StatePtr state, Platform platform, std::int64_t id) {
    const auto finished = co_await state->store.finish_effect(id);
    if (finished) co_return state->answers.end(id);
    state->warn(Trouble::store, platform,
                "an answer could not be removed from the store: " + finished.error().message());
}

}  // namespace

asio::awaitable<boost::system::result<chat::Sent>> send_in_time(chat::Adapter* adapter,
                                                                chat::Outgoing outgoing,
                                                                std::chrono::steady_clock::duration at_most) {
    using asio::experimental::wait_for_one;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer deadline(executor, at_most);
    // Both have ended when this resumes; the adapter lets go when it is cancelled.
    auto [order, thrown, sent, timer_error] =
        co_await asio::experimental::make_parallel_group(
            asio::co_spawn(executor, adapter->send(std::move(outgoing)), asio::deferred),
            deadline.async_wait(asio::deferred))
            .async_wait(wait_for_one(), asio::use_awaitable);
    const bool is_late = order[0] == 1 && !timer_error;
    if (is_late && (thrown || !sent)) co_return error_code(asio::error::timed_out);
    if (thrown) std::rethrow_exception(thrown);
    co_return sent;
}

asio::awaitable<Outcome> send_effect(StatePtr state, Platform platform, store::Effect effect,
                                     std::chrono::microseconds elapsed) {
    for (;;) {
        chat::Outgoing answer = answer_of(effect, elapsed);
        const auto sent =
            co_await send_in_time(platform.adapter, std::move(answer), state->options.send_timeout);
        if (!sent) {
            state->warn(Trouble::send, platform, "an answer could not be sent: " + sent.error().message());
            co_return Outcome::failed;
        }
        if (*sent == chat::Sent::delivered) co_return Outcome::delivered;
        if (*sent == chat::Sent::refused) co_return Outcome::refused;
        if (!state->answers.has_reader_returned(effect.id)) co_return Outcome::waiting;
    }
}

asio::awaitable<void> settle_effect(StatePtr state, Platform platform, store::Effect effect,
                                    Outcome outcome) {
    const bool may_go_later =
        outcome == Outcome::failed && is_repeatable(effect.kind, platform.adapter->capabilities());
    const bool has_failed = outcome == Outcome::failed || outcome == Outcome::refused;
    if (has_failed) state->observer.on_send_failed(platform.name);
    if (outcome == Outcome::waiting || may_go_later) {
        state->answers.end(effect.id);
    } else {
        co_await remove_effect(std::move(state), std::move(platform), effect.id);
    }
}

asio::awaitable<void> give_up_effect(StatePtr state, Platform platform, store::Effect effect) {
    state->observer.on_send_failed(platform.name);
    co_await remove_effect(std::move(state), std::move(platform), effect.id);
}

asio::awaitable<void> send_once(StatePtr state, Platform platform, chat::Outgoing outgoing) {
    const auto sent =
        co_await send_in_time(platform.adapter, std::move(outgoing), state->options.send_timeout);
    if (sent && *sent != chat::Sent::refused) co_return;
    state->observer.on_send_failed(platform.name);
    if (sent) co_return;
    state->warn(Trouble::send, platform, "a notice could not be sent: " + sent.error().message());
}

}  // namespace nunchi::pipeline
