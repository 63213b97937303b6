// The inside of Interactions: performs what the pure parts decide.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/chat/event.hpp"
#include "adapters/discord/interactions/acknowledgement.hpp"
#include "adapters/discord/interactions/demand.hpp"
#include "adapters/discord/interactions/interaction.hpp"
#include "adapters/discord/interactions/interactions.hpp"
#include "adapters/discord/interactions/lateness.hpp"
#include "adapters/discord/interactions/signature.hpp"
#include "adapters/discord/interactions/ticket_book.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::discord::interactions {

/// Shared with its coroutines, so that either may go first.
class Core : public std::enable_shared_from_this<Core> {
public:
    /// Null while nothing is to be taken.
    using FindInbox = std::function<chat::Inbox*()>;
    using CorePtr = std::shared_ptr<Core>;

    Core(boost::asio::any_io_executor executor, Options options, Dependencies dependencies);

    void take(const nlohmann::json& data, FindInbox find_inbox);
    net::Response on_request(const net::Request& request, FindInbox find_inbox);
    void stop_intake() { is_open_ = false; }
    /// Cancels what is under way.
    void shut_down();

    static boost::asio::awaitable<void> register_commands(CorePtr core, std::string application);
    static boost::asio::awaitable<boost::system::result<void>> answer(CorePtr core, std::string id,
                                                                      nlohmann::json message);

    bool knows(std::string_view id) const { return book_.knows(id); }
    const Counters& counters() const { return counters_; }

private:
    Admission admit(const Interaction& interaction);
    net::Response on_payload(const nlohmann::json& payload, FindInbox find_inbox);
    void count(Acknowledged outcome);
    chat::Locale locale_of(const Interaction& interaction) const;

    static boost::asio::awaitable<void> serve(CorePtr core, Interaction interaction, FindInbox find_inbox);
    static boost::asio::awaitable<void> hand_on(CorePtr core, Interaction interaction, FindInbox find_inbox);
    static boost::asio::awaitable<void> explain(CorePtr core, Interaction interaction, Why why,
                                                FindInbox find_inbox);
    static boost::asio::awaitable<void> deliver(CorePtr core, chat::Event event, std::string id,
                                                chat::Locale locale, FindInbox find_inbox);
    static boost::asio::awaitable<void> say(CorePtr core, std::string id, std::string_view sentence);

    Options options_;
    rest::RestClient& rest_;
    chat::StateStore& store_;
    std::shared_ptr<spdlog::logger> log_;
    std::optional<Verifier> verifier_;  // nothing: every request of the webhook is refused
    TicketBook book_;
    Lateness lateness_;
    Counters counters_;
    bool is_open_ = true;
    std::string application_;  // for interactions that do not name it
    bool is_registering_ = false;
    bool is_registered_ = false;
    net::TaskGroup tasks_;
};

}  // namespace nunchi::discord::interactions
