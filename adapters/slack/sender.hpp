// Sends what the core wants to say about messages, and follows their edits and deletions.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <functional>
#include <memory>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/answer_book.hpp"
#include "adapters/slack/emoji.hpp"
#include "adapters/slack/web_api/web_client.hpp"

namespace nunchi::slack {

/// The key of a message in the book of answers: a ts is unique in its channel only.
std::string answer_key(const std::string& channel, const std::string& message);

class Sender {
public:
    using Sent = boost::system::result<chat::Sent>;
    /// Whose token a workspace's calls carry.
    using CallerOf = std::function<web_api::Caller(const std::string& team)>;

    struct Options {
        EmojiNames emoji{};
        std::chrono::milliseconds max_age{60'000};  // answers that wait longer are dropped (section 3.4)
    };

    Sender(web_api::WebClient& web, chat::AnswerBook& answers, CallerOf caller_of, Options options,
           std::shared_ptr<spdlog::logger> log)
        : web_(web),
          answers_(answers),
          caller_of_(std::move(caller_of)),
          options_(std::move(options)),
          log_(std::move(log)) {}

    boost::asio::awaitable<Sent> send(chat::Reply reply);
    boost::asio::awaitable<Sent> send(chat::Reaction reaction);
    boost::asio::awaitable<Sent> send(chat::Retraction retraction);

    /// The answered message is gone: our reply goes, too. Slack removes reactions by itself.
    boost::asio::awaitable<void> follow_deletion(std::string team, chat::Answered answered);

    const EmojiNames& emoji() const { return options_.emoji; }

private:
    boost::asio::awaitable<Sent> create(chat::Reply reply);
    boost::asio::awaitable<Sent> update(chat::Reply reply, chat::Answered standing);
    boost::asio::awaitable<Sent> put(chat::Reaction reaction, std::string name);
    boost::asio::awaitable<void> take_back(chat::MessageRef to, chat::Answered standing);
    web_api::Call call(web_api::Method method, const std::string& team) const;

    web_api::WebClient& web_;
    chat::AnswerBook& answers_;
    CallerOf caller_of_;
    Options options_;
    std::shared_ptr<spdlog::logger> log_;
    bool has_reported_name_ = false;
};

}  // namespace nunchi::slack
