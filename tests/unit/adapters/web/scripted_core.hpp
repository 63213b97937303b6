// A core without a model: it keeps the promises of chat::Inbox, and answers by words in the text.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <set>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::web {

/// What a real core keeps in its store: it survives the core, as it survives a crash.
struct Durable {
    std::set<std::string> handled;               // message ids
    std::map<std::string, chat::Reply> pending;  // not known to be delivered, by message id
    std::map<std::string, int> classified;       // how often each message was read
};

/// Texts with these words are special; any other gets an answer:
///   "바쁨"    the first time passed over as overloaded, and not handled
///   "한글아님" handled, with the notice not_korean
///   "고장"    handled, with the notice failed
///   "천천히"  handled, and the answer kept back until release()
///   "글쎄"    abstained
///   "까닭없"  cannot be explained
/// The emotion follows the words 무서, 놀라, 화가, 슬퍼, 기뻐, 싫어; without any of them it is neutral.
class ScriptedCore : public chat::Inbox {
public:
    ScriptedCore(boost::asio::any_io_executor executor, chat::Adapter& adapter, Durable& durable);

    void deliver(chat::Delivery delivery) override;

    /// Answers what was kept back.
    void release();

private:
    void on_message(const chat::Message& message, chat::Receipt receipt);
    void on_question(const chat::ExplanationRequested& question);
    void on_return(const chat::Place& place);
    void notify(const chat::MessageRef& to, chat::Notice::Kind kind, std::string text);
    void send_pending(const std::string& id);
    boost::asio::awaitable<void> send_reply(std::string id);
    boost::asio::awaitable<void> send_and_forget(chat::Outgoing outgoing);

    chat::Adapter& adapter_;
    Durable& durable_;
    std::set<std::string> sending_;
    std::set<std::string> kept_back_;
    std::set<std::string> was_overloaded_;
    net::TaskGroup tasks_;
};

/// What the core answers to this text.
chat::Reading reading_of(const std::string& text, chat::Locale locale);

}  // namespace nunchi::web
