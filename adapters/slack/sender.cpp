#include "adapters/slack/sender.hpp"

#include <utility>

#include "adapters/json/access.hpp"
#include "adapters/slack/render.hpp"

namespace nunchi::slack {
namespace {

namespace asio = boost::asio;
using json_access::text_of;
using web_api::Method;

/// Sending it once more would end the same way, or nobody waits for it any more.
bool is_final(const web_api::Failure& failure) {
    using web_api::errc;
    for (const auto code : {errc::refused, errc::silenced, errc::method_stopped, errc::bad_call,
                            errc::too_old, errc::pushed_out, errc::queue_full, errc::rate_limited}) {
        if (failure.code == code) return true;
    }
    return false;
}

Sender::Sent outcome_of(const web_api::outcome<web_api::Answer>& answer) {
    if (answer) return chat::Sent::delivered;
    if (is_final(answer.error())) return chat::Sent::refused;
    return answer.error().code;
}

/// A conversation of two needs no threads.
bool is_direct(const std::string& channel) {
    return channel.starts_with('D');
}

}  // namespace

std::string answer_key(const std::string& channel, const std::string& message) {
    return channel + "/" + message;
}

web_api::Call Sender::call(Method method, const std::string& team) const {
    web_api::Call made;
    made.method = method;
    made.caller = caller_of_(team);
    made.max_age = options_.max_age;
    return made;
}

asio::awaitable<Sender::Sent> Sender::send(chat::Reply reply) {
    const std::string key = answer_key(reply.to.place.channel, reply.to.message);
    if (answers_.is_deleted(key)) co_return chat::Sent::refused;
    const auto known = answers_.find(key);
    if (reply.is_edit && known) {
        chat::Answered standing = *known;
        if (!standing.reply.empty()) co_return co_await update(std::move(reply), std::move(standing));
        chat::MessageRef to = reply.to;
        co_await take_back(std::move(to), std::move(standing));
    }
    co_return co_await create(std::move(reply));
}

asio::awaitable<Sender::Sent> Sender::create(chat::Reply reply) {
    const auto& place = reply.to.place;
    web_api::Call post = call(Method::chat_post_message, place.community);
    post.arguments = answer_body(reply.text, reply.reading, options_.emoji);
    post.arguments["channel"] = place.channel;
    post.arguments["unfurl_links"] = false;
    post.arguments["unfurl_media"] = false;
    if (!place.thread.empty())
        post.arguments["thread_ts"] = place.thread;
    else if (!is_direct(place.channel))
        post.arguments["thread_ts"] = reply.to.message;
    const auto answer = co_await web_.send(std::move(post));
    if (answer) {
        chat::Answered answered{place.channel, text_of(answer->body, "ts"), {}};
        const std::string key = answer_key(place.channel, reply.to.message);
        const std::string team = place.community;
        // The message may have gone while its answer was on the way.
        if (answers_.is_deleted(key))
            co_await follow_deletion(team, std::move(answered));
        else
            answers_.put(key, std::move(answered));
    }
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::update(chat::Reply reply, chat::Answered standing) {
    web_api::Call change = call(Method::chat_update, reply.to.place.community);
    change.is_second_rank = true;
    change.arguments = answer_body(reply.text, reply.reading, options_.emoji);
    change.arguments["channel"] = standing.channel;
    change.arguments["ts"] = standing.reply;
    const auto answer = co_await web_.send(std::move(change));
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::send(chat::Reaction reaction) {
    const std::string key = answer_key(reaction.to.place.channel, reaction.to.message);
    if (answers_.is_deleted(key)) co_return chat::Sent::refused;
    std::string name(options_.emoji.name(reaction.emotion));
    const auto known = answers_.find(key);
    if (reaction.is_edit && known) {
        if (known->reaction == name) co_return chat::Sent::delivered;
        chat::Answered standing = *known;
        chat::MessageRef to = reaction.to;
        co_await take_back(std::move(to), std::move(standing));
    }
    co_return co_await put(std::move(reaction), std::move(name));
}

asio::awaitable<Sender::Sent> Sender::put(chat::Reaction reaction, std::string name) {
    const auto& place = reaction.to.place;
    web_api::Call add = call(Method::reactions_add, place.community);
    add.is_second_rank = reaction.is_edit;
    add.arguments = {{"channel", place.channel}, {"timestamp", reaction.to.message}, {"name", name}};
    const auto answer = co_await web_.send(std::move(add));
    const bool is_unknown_name = !answer && answer.error().error == web_api::SlackError::invalid_name;
    if (is_unknown_name && name != EmojiNames::standard_name(reaction.emotion)) {
        if (!std::exchange(has_reported_name_, true)) {
            log_->warn("slack: the workspace has no emoji :{}: (slack.emoji); the standard one is used",
                       name);
        }
        std::string standard(EmojiNames::standard_name(reaction.emotion));
        co_return co_await put(std::move(reaction), std::move(standard));
    }
    if (answer) {
        chat::Answered answered{place.channel, {}, std::move(name)};
        answers_.put(answer_key(place.channel, reaction.to.message), std::move(answered));
    }
    co_return outcome_of(answer);
}

asio::awaitable<Sender::Sent> Sender::send(chat::Retraction retraction) {
    auto known = answers_.find(answer_key(retraction.to.place.channel, retraction.to.message));
    if (!known) co_return chat::Sent::delivered;
    chat::Answered standing = std::move(*known);
    co_await take_back(std::move(retraction.to), std::move(standing));
    co_return chat::Sent::delivered;
}

asio::awaitable<void> Sender::follow_deletion(std::string team, chat::Answered answered) {
    if (answered.reply.empty()) co_return;
    web_api::Call remove = call(Method::chat_delete, team);
    remove.is_second_rank = true;
    remove.arguments = {{"channel", answered.channel}, {"ts", answered.reply}};
    co_await web_.send(std::move(remove));
}

asio::awaitable<void> Sender::take_back(chat::MessageRef to, chat::Answered standing) {
    const std::string key = answer_key(to.place.channel, to.message);
    chat::Answered nothing{to.place.channel, {}, {}};
    answers_.put(key, std::move(nothing));
    if (!standing.reaction.empty()) {
        web_api::Call remove = call(Method::reactions_remove, to.place.community);
        remove.is_second_rank = true;
        remove.arguments = {
            {"channel", to.place.channel}, {"timestamp", to.message}, {"name", standing.reaction}};
        co_await web_.send(std::move(remove));
    }
    std::string team = to.place.community;
    co_await follow_deletion(std::move(team), std::move(standing));
}

}  // namespace nunchi::slack
