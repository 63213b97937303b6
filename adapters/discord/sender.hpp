// Carries answers to Discord. Private to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/answer_book.hpp"
#include "adapters/discord/emoji.hpp"
#include "adapters/discord/rest/rest_client.hpp"

namespace nunchi::discord {

/// Answers to messages; those to interactions go another way. The references must outlive the calls.
class Sender {
public:
    using Sent = boost::system::result<chat::Sent>;

    /// `on_outdated` gets a message that was edited while its answer was on the way.
    Sender(rest::RestClient& rest, chat::AnswerBook& answers, EmojiSet emoji,
           std::chrono::milliseconds max_age, std::function<void(chat::MessageRef)> on_outdated)
        : rest_(rest),
          answers_(answers),
          emoji_(std::move(emoji)),
          max_age_(max_age),
          on_outdated_(std::move(on_outdated)) {}

    /// Refused: a message that is gone, a channel that must not be written in and the like.
    boost::asio::awaitable<Sent> send(chat::Reply reply);
    boost::asio::awaitable<Sent> send(chat::Reaction reaction);
    boost::asio::awaitable<Sent> send(chat::Retraction retraction);

    /// The message was deleted: what answers it goes too.
    boost::asio::awaitable<void> follow_deletion(chat::Answered answered);

private:
    boost::asio::awaitable<Sent> create(chat::Reply reply, std::string channel);
    boost::asio::awaitable<Sent> edit(chat::Reply reply, chat::Answered answered);
    boost::asio::awaitable<Sent> put(chat::Reaction reaction, std::string channel, std::string emoji);
    boost::asio::awaitable<void> take_back(std::string message, chat::Answered answered);

    rest::RestClient& rest_;
    chat::AnswerBook& answers_;
    EmojiSet emoji_;
    std::chrono::milliseconds max_age_;
    std::function<void(chat::MessageRef)> on_outdated_;
};

/// Where Discord's API finds the message: in the thread, when it stands in one.
const std::string& channel_of(const chat::Place& place);

}  // namespace nunchi::discord
