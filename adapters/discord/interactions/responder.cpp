#include "adapters/discord/interactions/responder.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::interactions {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds kAnswerAge{60};

std::optional<Acknowledged> judge(Acknowledgement& acknowledgement,
                                  const rest::outcome<rest::Answer>& answer) {
    if (answer) return acknowledgement.after(answer->status, 0);
    const rest::Failure& failure = answer.error();
    if (failure.code == asio::error::operation_aborted) return Acknowledged::lost;
    return acknowledgement.after(failure.status, failure.discord_code);
}

}  // namespace

asio::awaitable<Acknowledged> respond(rest::RestClient& rest, FirstResponse response) {
    Acknowledgement acknowledgement;
    while (true) {
        const auto left = response.until - Clock::now();
        if (left <= Clock::duration::zero()) co_return Acknowledged::late;
        rest::Call call;
        call.route = rest::interaction_callback(response.interaction, response.token.reveal());
        call.body = response.body;
        call.lane = rest::Lane::interaction;
        call.max_age = left;
        const auto answer = co_await rest.send(std::move(call));
        const auto end = judge(acknowledgement, answer);
        if (end) co_return *end;
    }
}

asio::awaitable<rest::outcome<rest::Answer>> edit_response(rest::RestClient& rest, AnswerRight right,
                                                           nlohmann::json message) {
    if (right.from > Clock::now()) {
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer(executor, right.from);
        co_await timer.async_wait(asio::use_awaitable);
    }
    rest::Call call;
    call.route = rest::original_response("PATCH", right.application, right.token.reveal());
    call.body = message.is_object() ? std::move(message) : nlohmann::json::object();
    call.body["allowed_mentions"] = {{"parse", nlohmann::json::array()}};  // R17
    call.lane = rest::Lane::interaction;
    call.max_age = std::min<Clock::duration>(kAnswerAge, right.until - Clock::now());
    rest::outcome<rest::Answer> answer = co_await rest.send(std::move(call));
    co_return answer;
}

}  // namespace nunchi::discord::interactions
