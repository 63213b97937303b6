// Commands, menus and buttons: takes them from the gateway or the webhook and answers the person who asked.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/state_store.hpp"
#include "adapters/discord/interactions/counters.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/net/http_server.hpp"

namespace nunchi::discord::interactions {

struct Options {
    /// Of the application, 64 hexadecimal digits; needed for the webhook only. See Verifier::create for
    /// whether it is one.
    std::string public_key{};
    chat::Locale locale = chat::Locale::korean;  // of people whose language is neither Korean nor English
    std::size_t max_body_bytes = 512 * 1024;     // of the webhook's requests; beyond it 413
    /// After the webhook's response: an answer that overtook it would find no message to edit.
    std::chrono::steady_clock::duration webhook_settle = std::chrono::milliseconds(500);
    std::size_t max_known = 10'000;  // interactions that can still be answered, and told from duplicates
};

/// What they refer to must outlive the Interactions and the calls of answer() and register_commands().
struct Dependencies {
    rest::RestClient& rest;
    chat::StateStore& state;
    std::shared_ptr<spdlog::logger> log;
};

class Core;

/// Every first response is a deferral that only the invoker sees, sent before anything else is done (I6, I7);
/// the answer edits it. Used on one thread, that of its executor. What is under way is cancelled when it is
/// destroyed.
class Interactions {
public:
    Interactions(boost::asio::any_io_executor executor, Options options, Dependencies dependencies);
    ~Interactions();
    Interactions(const Interactions&) = delete;
    Interactions& operator=(const Interactions&) = delete;

    /// The data of INTERACTION_CREATE, of any content. What it asks is delivered once it is acknowledged:
    /// CommandInvoked, or ExplanationRequested with the text as it stands in the channel; its MessageRef
    /// names the interaction. The inbox must outlive this object, or stop_intake() be called before it goes.
    void take(const nlohmann::json& interaction_create, chat::Inbox& inbox);

    /// For POST on the public listener. `inbox` gives null while nothing is to be taken (503). May be called
    /// after this object has gone. Without a valid public key every request gets 401.
    net::Handler endpoint(std::function<chat::Inbox*()> inbox);

    /// Nothing is taken or delivered any more; who asked meanwhile is told so. answer() still works.
    void stop_intake();

    /// Completes when Discord has the commands, or has refused them, which the log tells. One call at a time
    /// is carried out, others complete at once.
    boost::asio::awaitable<void> register_commands(std::string application_id);

    /// Shows the message (of Discord's form) to the invoker, in place of what was shown before. It mentions
    /// nobody. Completes when Discord took it, or with an error of error.hpp, rest/error.hpp or adapters/net;
    /// it is then shown nowhere (I10).
    boost::asio::awaitable<boost::system::result<void>> answer(std::string interaction_id,
                                                               nlohmann::json message);

    /// For 15 minutes, answered or not.
    bool knows(std::string_view interaction_id) const;

    Counters counters() const;

private:
    std::shared_ptr<Core> core_;
};

}  // namespace nunchi::discord::interactions
