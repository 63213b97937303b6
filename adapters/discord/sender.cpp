#include "adapters/discord/sender.hpp"

#include <chrono>
#include <utility>

#include "adapters/discord/json_access.hpp"
#include "adapters/discord/render.hpp"
#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord {
namespace {

namespace asio = boost::asio;

/// Sending it once more would end the same way.
bool is_final(const rest::Failure& failure) {
    return failure.code == rest::errc::refused || failure.code == rest::errc::muted ||
           failure.code == rest::errc::bad_route;
}

Sender::Sent outcome_of(const rest::outcome<rest::Answer>& answer) {
    if (answer) return chat::Sent::delivered;
    if (is_final(answer.error())) return chat::Sent::refused;
    return answer.error().code;
}

}  // namespace

const std::string& channel_of(const chat::Place& place) {
    return place.thread.empty() ? place.channel : place.thread;
}

asio::awaitable<Sender::Sent> Sender::send(chat::Reply reply) {
    if (answers_.is_deleted(reply.to.message)) co_return chat::Sent::refused;
    std::string channel = channel_of(reply.to.place);
    const auto known = answers_.find(reply.to.message);
    if (!reply.is_edit || !known) co_return co_await create(std::move(reply), std::move(channel));
    chat::Answered standing = *known;
    if (!standing.reply.empty()) co_return co_await edit(std::move(reply), std::move(standing));
    co_await take_back(reply.to.message, std::move(standing));
    co_return co_await create(std::move(reply), std::move(channel));
}

asio::awaitable<Sender::Sent> Sender::create(chat::Reply reply, std::string channel) {
    rest::Call call;
    call.route = rest::create_message(channel);
    call.body = reply_body(reply, emoji_);
    call.is_repeatable = true;  // by its nonce
    call.permission = channel + "/reply";
    call.max_age = max_age_;
    const auto answer = co_await rest_.send(std::move(call));
    if (answer) {
        chat::Answered answered{channel, id_of(answer->body, "id"), {}};
        // The message may have gone while its answer was on the way.
        if (answers_.is_deleted(reply.to.message)) {
            co_await follow_deletion(std::move(answered));
        } else if (answers_.put(reply.to.message, std::move(answered))) {
            on_outdated_(reply.to);
        }
    }
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::edit(chat::Reply reply, chat::Answered answered) {
    rest::Call call;
    call.route = rest::edit_message(answered.channel, answered.reply);
    call.body = edited_body(reply, emoji_);
    call.permission = answered.channel + "/reply";
    const auto answer = co_await rest_.send(std::move(call));
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::send(chat::Reaction reaction) {
    if (answers_.is_deleted(reaction.to.message)) co_return chat::Sent::refused;
    std::string emoji(emoji_.reaction(reaction.emotion));
    const auto answered = answers_.find(reaction.to.message);
    if (reaction.is_edit && answered) {
        if (answered->reaction == emoji) co_return chat::Sent::delivered;
        chat::Answered standing = *answered;
        co_await take_back(reaction.to.message, std::move(standing));
    }
    std::string channel = channel_of(reaction.to.place);
    co_return co_await put(std::move(reaction), std::move(channel), std::move(emoji));
}

asio::awaitable<Sender::Sent> Sender::put(chat::Reaction reaction, std::string channel, std::string emoji) {
    rest::Call call;
    call.route = rest::put_reaction(channel, reaction.to.message, emoji);
    call.permission = channel + "/reaction";
    call.max_age = max_age_;
    const auto answer = co_await rest_.send(std::move(call));
    if (answer) {
        chat::Answered answered{std::move(channel), {}, std::move(emoji)};
        if (answers_.put(reaction.to.message, std::move(answered))) on_outdated_(reaction.to);
    }
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::send(chat::Retraction retraction) {
    auto answered = answers_.find(retraction.to.message);
    if (!answered) co_return chat::Sent::delivered;
    chat::Answered standing = std::move(*answered);
    co_await take_back(retraction.to.message, std::move(standing));
    co_return chat::Sent::delivered;
}

asio::awaitable<void> Sender::follow_deletion(chat::Answered answered) {
    // Discord removes a message's reactions with it.
    if (answered.reply.empty()) co_return;
    rest::Call call;
    call.route = rest::delete_message(answered.channel, answered.reply, std::chrono::system_clock::now());
    call.permission = answered.channel + "/delete";
    co_await rest_.send(std::move(call));
}

asio::awaitable<void> Sender::take_back(std::string message, chat::Answered answered) {
    answers_.put(message, {answered.channel, {}, {}});
    if (!answered.reaction.empty()) {
        rest::Call call;
        call.route = rest::delete_own_reaction(answered.channel, message, answered.reaction);
        call.permission = answered.channel + "/reaction";
        co_await rest_.send(std::move(call));
    }
    co_await follow_deletion(std::move(answered));
}

}  // namespace nunchi::discord
