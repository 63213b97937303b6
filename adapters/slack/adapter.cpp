#include "adapters/slack/adapter.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <variant>

#include "adapters/chat/answer_book.hpp"
#include "adapters/chat/recent_map.hpp"
#include "adapters/json/access.hpp"
#include "adapters/net/backoff.hpp"
#include "adapters/net/signal.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/slack/command_text.hpp"
#include "adapters/slack/happening.hpp"
#include "adapters/slack/identity.hpp"
#include "adapters/slack/invocation.hpp"
#include "adapters/slack/people.hpp"
#include "adapters/slack/phrases.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/scopes.hpp"
#include "adapters/slack/sender.hpp"
#include "adapters/slack/web_api/response_url.hpp"

namespace nunchi::slack {
namespace {

namespace asio = boost::asio;
using json_access::flag_of;
using json_access::member;
using json_access::text_of;
using nlohmann::json;
using web_api::Method;

constexpr std::chrono::hours kEventRemembered{24};          // H11
constexpr std::chrono::hours kWelcomeRemembered{24 * 365};  // one card for each channel

/// Whoever delivered is told that nothing needs to come again; a body is the immediate answer. Dropped
/// without a call: deliver again.
using Handled = std::function<void(json body)>;

/// Where the answer to a command goes.
struct Ticket {
    Invocation invocation;
    chat::Locale locale = chat::Locale::korean;
    web_api::ResponseUrl url{{}, {}};
};

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

class Implementation final : public SlackAdapter {
public:
    Implementation(asio::any_io_executor executor, Options options, Dependencies given)
        : executor_(executor),
          options_(std::move(options)),
          state_(given.state),
          log_(std::move(given.log)),
          http_(given.http),
          web_(web_api::create_web_client(executor, options_.web, given.http, log_)),
          people_(*web_, options_.admins),
          sender_(
              *web_, answers_, [this](const std::string&) { return caller(); },
              {options_.emoji, options_.answer_max_age}, log_),
          stopped_(executor),
          tasks_(std::move(executor)) {}

    std::string_view platform() const override { return "slack"; }
    chat::Capabilities capabilities() const override;
    chat::Status status() const override;
    asio::awaitable<void> run(chat::Inbox& inbox) override;
    void stop_intake() override;
    asio::awaitable<boost::system::result<chat::Sent>> send(chat::Outgoing outgoing) override;

    void add_routes(net::Router& router) override;
    Counters counters() const override;

private:
    web_api::Caller caller() const { return {identity_.team, options_.bot_token}; }
    web_api::Call call(Method method, json arguments) const;

    asio::awaitable<bool> identify();
    asio::awaitable<bool> pause(std::chrono::milliseconds wait);
    asio::awaitable<socket_mode::Opening> open();
    void take_envelope(socket_mode::Envelope envelope, socket_mode::Acknowledgement acknowledgement);
    void take_request(events::Delivery delivery, events::Reply reply);

    void on_event(const json& envelope, Handled handled);
    void on_message(chat::Message message, chat::Receipt receipt);
    void on_edit(chat::Message message, chat::Receipt receipt);
    void on_command(const json& fields, const Handled& handled);
    void on_interaction(const json& payload, const Handled& handled);
    bool is_ours(const json& envelope) const;

    asio::awaitable<void> confirm(std::string event, Handled handled);
    asio::awaitable<void> welcome(BotInvited invited);
    asio::awaitable<void> perform(Invocation invocation);
    asio::awaitable<void> show_home(std::string user);
    asio::awaitable<std::vector<std::string>> findings(chat::Place place, chat::Locale locale);
    asio::awaitable<boost::system::result<chat::Sent>> answer(std::string ticket, json body);
    asio::awaitable<boost::system::result<chat::Sent>> publish(Ticket ticket, std::string settings);
    void deliver(Ticket ticket, chat::Invoker invoker, chat::Command command);

    asio::any_io_executor executor_;
    Options options_;
    chat::StateStore& state_;
    std::shared_ptr<spdlog::logger> log_;
    net::HttpClient& http_;
    std::unique_ptr<web_api::WebClient> web_;
    std::unique_ptr<socket_mode::SocketMode> socket_;
    std::unique_ptr<events::Receiver> receiver_;

    chat::Inbox* inbox_ = nullptr;  // while events are taken
    Identity identity_;
    std::string obstacle_;  // why there is no identity yet
    bool has_failed_ = false;
    bool has_ended_ = false;
    chat::AnswerBook answers_;
    chat::RecentMap<Ticket> tickets_{1000};
    std::uint64_t last_ticket_ = 0;
    std::uint64_t events_limited_ = 0;
    People people_;
    Sender sender_;
    net::Signal stopped_;
    net::TaskGroup tasks_;
};

chat::Capabilities Implementation::capabilities() const {
    // A message is never posted blindly a second time (W10); a reaction that stands there already is a
    // success.
    return {.can_reply = true,
            .can_react = true,
            .can_explain = false,
            .shows_notices = false,
            .repeats_replies = false,
            .repeats_reactions = true};
}

chat::Status Implementation::status() const {
    if (has_failed_) return {chat::Health::failed, obstacle_};
    if (has_ended_) return {chat::Health::stopped, {}};
    if (identity_.user.empty()) return {chat::Health::starting, obstacle_};
    if (web_->is_silenced(identity_.team)) {
        return {chat::Health::failed,
                "Slack refuses the bot token: install the app again and replace slack.bot_token"};
    }
    if (options_.transport == Transport::http) return {chat::Health::connected, {}};
    return socket_ ? socket_->status() : chat::Status{chat::Health::starting, {}};
}

asio::awaitable<void> Implementation::run(chat::Inbox& inbox) {
    co_await asio::this_coro::throw_if_cancelled(false);
    inbox_ = &inbox;
    const bool is_known = co_await identify();
    if (is_known && options_.transport == Transport::socket) {
        socket_ = socket_mode::create_socket_mode(
            executor_, options_.socket, http_, [this] { return open(); },
            [this](socket_mode::Envelope envelope, socket_mode::Acknowledgement acknowledgement) {
                take_envelope(std::move(envelope), std::move(acknowledgement));
            },
            log_);
        co_await socket_->run();
    } else if (is_known && !stopped_.is_set()) {
        co_await stopped_.wait();
    }
    inbox_ = nullptr;
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    tasks_.cancel();
    co_await tasks_.join(std::chrono::seconds(1));
    has_ended_ = true;
}

void Implementation::stop_intake() {
    inbox_ = nullptr;
    stopped_.set();
    if (socket_) socket_->stop_intake();
    if (receiver_) receiver_->stop_intake();
}

void Implementation::add_routes(net::Router& router) {
    if (options_.transport != Transport::http) return;
    receiver_ = std::make_unique<events::Receiver>(
        options_.events,
        [this](events::Delivery delivery, events::Reply reply) {
            take_request(std::move(delivery), std::move(reply));
        },
        log_);
    receiver_->add_routes(router);
}

Counters Implementation::counters() const {
    return {web_->counters(), socket_ ? socket_->counters() : socket_mode::Counters{},
            receiver_ ? receiver_->counters() : events::Counters{}, events_limited_};
}

web_api::Call Implementation::call(Method method, json arguments) const {
    web_api::Call made;
    made.method = method;
    made.caller = caller();
    made.arguments = std::move(arguments);
    return made;
}

/// False when it is stopped meanwhile, or when the token is refused for good.
asio::awaitable<bool> Implementation::identify() {
    net::Backoff backoff;
    while (!stopped_.is_set()) {
        web_api::Call test = call(Method::auth_test, json::object());
        const auto answer = co_await web_->send(std::move(test));
        if (answer) {
            identity_ = {text_of(answer->body, "team_id"),
                         text_of(answer->body, "user_id"),
                         text_of(answer->body, "bot_id"),
                         {},
                         text_of(answer->body, "team")};
            log_->info("slack: signed in to the workspace {}", identity_.team);
            for (const auto& scope : missing_scopes(answer->scopes)) {
                log_->warn("slack: the bot token lacks the scope {}: add it and install the app again",
                           scope);
            }
            co_return true;
        }
        const auto& failure = answer.error();
        const bool is_final =
            failure.code == web_api::errc::silenced || failure.code == web_api::errc::refused;
        obstacle_ = is_final ? "Slack refuses the bot token (" + failure.error_code +
                                   "): copy it again from the app's page OAuth & Permissions"
                             : failure.message;
        log_->warn("slack: {}", obstacle_);
        has_failed_ = is_final;
        if (is_final) co_return false;
        const bool goes_on = co_await pause(backoff.next());
        if (!goes_on) co_return false;
    }
    co_return false;
}

asio::awaitable<bool> Implementation::pause(std::chrono::milliseconds wait) {
    co_await stopped_.wait(std::chrono::steady_clock::now() + wait);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    co_return !stopped_.is_set() && cancellation.cancelled() == asio::cancellation_type::none;
}

asio::awaitable<socket_mode::Opening> Implementation::open() {
    web_api::Call opening;
    opening.method = Method::apps_connections_open;
    opening.caller = {{}, options_.app_token};
    opening.max_age = std::chrono::seconds(30);
    const auto answer = co_await web_->send(std::move(opening));
    if (answer) co_return socket_mode::Opening{.url = text_of(answer->body, "url")};
    const auto& failure = answer.error();
    const bool is_final = failure.code == web_api::errc::silenced;
    co_return socket_mode::Opening{
        .is_final = is_final,
        .reason = is_final ? "Slack refuses the app-level token (" + failure.error_code +
                                 "): make a new one with the scope connections:write on the app's page Basic "
                                 "Information"
                           : failure.message};
}

void Implementation::take_envelope(socket_mode::Envelope envelope,
                                   socket_mode::Acknowledgement acknowledgement) {
    const Handled handled = [acknowledgement = std::move(acknowledgement)](json body) mutable {
        acknowledgement.handled(std::move(body));
    };
    switch (envelope.kind) {
        case socket_mode::Kind::event: return on_event(envelope.payload, handled);
        case socket_mode::Kind::command: return on_command(envelope.payload, handled);
        case socket_mode::Kind::interaction: return on_interaction(envelope.payload, handled);
        case socket_mode::Kind::other: return handled(nullptr);
    }
}

void Implementation::take_request(events::Delivery delivery, events::Reply reply) {
    if (delivery.kind == events::Kind::event && !identity_.user.empty() && !is_ours(delivery.payload)) {
        return reply.unknown_team();
    }
    const Handled handled = [reply](json body) mutable {
        if (body.is_null())
            reply.handled();
        else
            reply.handled(std::move(body));
    };
    switch (delivery.kind) {
        case events::Kind::event: return on_event(delivery.payload, handled);
        case events::Kind::command: return on_command(delivery.payload, handled);
        case events::Kind::interaction: return on_interaction(delivery.payload, handled);
    }
}

/// In a channel that two companies share, the event may be of the other one and authorized for ours (O8).
bool Implementation::is_ours(const json& envelope) const {
    if (text_of(envelope, "type") != "event_callback") return true;
    if (text_of(envelope, "team_id") == identity_.team) return true;
    const auto& authorizations = member(envelope, "authorizations");
    if (!authorizations.is_array()) return false;
    for (const auto& authorization : authorizations) {
        if (text_of(authorization, "team_id") == identity_.team) return true;
    }
    return false;
}

void Implementation::on_event(const json& envelope, Handled handled) {
    if (inbox_ == nullptr || identity_.user.empty()) return;
    // O6: of another workspace, as over HTTP; here it is acknowledged.
    if (!is_ours(envelope)) return handled(nullptr);
    std::string event = text_of(envelope, "event_id");
    const auto receipt = [&] {
        return chat::Receipt([this, event, handled] { tasks_.spawn(confirm(event, handled)); });
    };
    auto happening = happening_of(envelope, identity_);
    std::visit(
        Overloaded{[&](MessageWritten& it) { on_message(std::move(it.message), receipt()); },
                   [&](MessageRewritten& it) { on_edit(std::move(it.message), receipt()); },
                   [&](MessageGone& it) {
                       auto answered = answers_.on_deleted(answer_key(it.channel, it.message));
                       if (answered) {
                           tasks_.spawn(sender_.follow_deletion(identity_.team, std::move(*answered)));
                       }
                       handled(nullptr);
                   },
                   [&](BotInvited& it) {
                       tasks_.spawn(welcome(std::move(it)));
                       handled(nullptr);
                   },
                   [&](HomeOpened& it) {
                       tasks_.spawn(show_home(std::move(it.user)));
                       handled(nullptr);
                   },
                   [&](Uninstalled&) {
                       log_->error("slack: the app was removed from the workspace");
                       handled(nullptr);
                   },
                   [&](EventsLimited&) {
                       if (events_limited_++ == 0) {
                           log_->warn("slack: events are held back, there are too many (app_rate_limited)");
                       }
                       handled(nullptr);
                   },
                   [&](NothingToDo&) { handled(nullptr); }},
        happening);
}

void Implementation::on_message(chat::Message message, chat::Receipt receipt) {
    message.received = std::chrono::steady_clock::now();
    answers_.saw(answer_key(message.ref.place.channel, message.ref.message), message.text);
    inbox_->deliver({chat::MessageCreated{std::move(message)}, std::move(receipt)});
}

void Implementation::on_edit(chat::Message message, chat::Receipt receipt) {
    const bool is_changed =
        answers_.has_changed(answer_key(message.ref.place.channel, message.ref.message), message.text);
    if (!is_changed) return receipt.handled();
    message.received = std::chrono::steady_clock::now();
    inbox_->deliver({chat::MessageEdited{std::move(message)}, std::move(receipt)});
}

/// Only now may Slack forget it: the core has stored what follows from it, and a second delivery is known
/// (H11).
asio::awaitable<void> Implementation::confirm(std::string event, Handled handled) {
    if (!event.empty()) {
        const auto claimed = co_await state_.claim("slack/event/" + event, kEventRemembered);
        if (!claimed) co_return;
    }
    handled(nullptr);
}

void Implementation::on_command(const json& fields, const Handled& handled) {
    if (inbox_ == nullptr || identity_.user.empty()) return;
    handled(nullptr);
    auto invocation = slash_command_of(fields);
    if (invocation) tasks_.spawn(perform(std::move(*invocation)));
}

void Implementation::on_interaction(const json& payload, const Handled& handled) {
    if (inbox_ == nullptr || identity_.user.empty()) return;
    handled(nullptr);
    auto invocation = shortcut_of(payload);
    if (invocation) tasks_.spawn(perform(std::move(*invocation)));
}

asio::awaitable<void> Implementation::perform(Invocation invocation) {
    std::string user = invocation.user;
    auto asker = caller();
    const auto person = co_await people_.find(std::move(asker), std::move(user));
    const auto locale = invocation.is_english ? chat::Locale::english : person.locale;
    Ticket ticket{invocation, locale, {invocation.response_url, std::chrono::steady_clock::now()}};
    chat::Invoker invoker{invocation.user, person.is_admin};
    if (invocation.text) {
        deliver(std::move(ticket), std::move(invoker),
                chat::ReadText{std::move(*invocation.text), std::move(invocation.author)});
        co_return;
    }
    auto understood = command_of(invocation.typed);
    const auto* unknown = std::get_if<NotUnderstood>(&understood);
    const bool is_help =
        unknown == nullptr && std::holds_alternative<chat::ShowHelp>(std::get<0>(understood));
    if (unknown != nullptr || is_help) {
        chat::CommandAnswer said;
        said.text = is_help ? help_text(locale) : not_understood_text(unknown->part, locale);
        const std::string id = "command-" + std::to_string(++last_ticket_);
        tickets_.get(id) = std::move(ticket);
        json body = command_body(said, options_.emoji);
        co_await answer(id, std::move(body));
        co_return;
    }
    auto command = std::move(std::get<0>(understood));
    if (std::holds_alternative<chat::Diagnose>(command)) {
        chat::Place place = invocation.place;
        auto found = co_await findings(std::move(place), locale);
        command = chat::Diagnose{std::move(found)};
    }
    deliver(std::move(ticket), std::move(invoker), std::move(command));
}

asio::awaitable<void> Implementation::show_home(std::string user) {
    if (user.empty()) co_return;
    std::string asked = user;
    auto asker = caller();
    const auto person = co_await people_.find(std::move(asker), std::move(asked));
    Invocation invocation;
    invocation.place = {"slack", identity_.team, {}, {}};
    invocation.user = user;
    Ticket ticket{std::move(invocation), person.locale, {{}, std::chrono::steady_clock::now()}};
    chat::Invoker invoker{std::move(user), person.is_admin};
    deliver(std::move(ticket), std::move(invoker), chat::ShowSettings{});
}

void Implementation::deliver(Ticket ticket, chat::Invoker invoker, chat::Command command) {
    if (inbox_ == nullptr) return;
    chat::CommandInvoked invoked;
    invoked.ref = {ticket.invocation.place, "command-" + std::to_string(++last_ticket_)};
    invoked.invoker = std::move(invoker);
    invoked.locale = ticket.locale;
    invoked.command = std::move(command);
    tickets_.get(invoked.ref.message) = std::move(ticket);
    inbox_->deliver({std::move(invoked), chat::Receipt()});
}

/// Whether the bot is in the channel: without that no event comes (E9).
asio::awaitable<std::vector<std::string>> Implementation::findings(chat::Place place, chat::Locale locale) {
    std::vector<std::string> found;
    if (place.community.empty()) co_return found;
    web_api::Call info = call(Method::conversations_info, {{"channel", place.channel}});
    info.max_age = std::chrono::seconds(5);
    const auto answer = co_await web_->send(std::move(info));
    const bool is_member = answer && flag_of(member(answer->body, "channel"), "is_member");
    if (!is_member) found.push_back(not_a_member_text(locale));
    co_return found;
}

asio::awaitable<void> Implementation::welcome(BotInvited invited) {
    if (invited.channel.empty() || invited.inviter.empty()) co_return;
    const auto claimed =
        co_await state_.claim("slack/welcome/" + identity_.team + "/" + invited.channel, kWelcomeRemembered);
    if (!claimed || !*claimed) co_return;
    auto asker = caller();
    std::string user = invited.inviter;
    const auto person = co_await people_.find(std::move(asker), std::move(user));
    web_api::Call post = call(Method::chat_post_ephemeral, {{"channel", invited.channel},
                                                            {"user", invited.inviter},
                                                            {"text", mrkdwn(welcome_text(person.locale))}});
    co_await web_->send(std::move(post));
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::answer(std::string ticket, json body) {
    auto* found = tickets_.find(ticket);
    const bool is_usable = found != nullptr && found->url.is_usable(std::chrono::steady_clock::now());
    if (!is_usable) co_return chat::Sent::refused;
    body["response_type"] = "ephemeral";
    body["replace_original"] = false;
    web_api::Call post = call(Method::response_url, std::move(body));
    post.url = found->url.use();
    const auto sent = co_await web_->send(std::move(post));
    if (sent) co_return chat::Sent::delivered;
    co_return sent.error().code;
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::publish(Ticket ticket,
                                                                           std::string settings) {
    web_api::Call post = call(Method::views_publish, {{"user_id", ticket.invocation.user},
                                                      {"view", home_view(settings, ticket.locale)}});
    const auto sent = co_await web_->send(std::move(post));
    if (sent) co_return chat::Sent::delivered;
    co_return sent.error().code;
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::send(chat::Outgoing outgoing) {
    if (auto* reply = std::get_if<chat::Reply>(&outgoing)) co_return co_await sender_.send(std::move(*reply));
    if (auto* reaction = std::get_if<chat::Reaction>(&outgoing)) {
        co_return co_await sender_.send(std::move(*reaction));
    }
    if (auto* retraction = std::get_if<chat::Retraction>(&outgoing)) {
        co_return co_await sender_.send(std::move(*retraction));
    }
    auto* said = std::get_if<chat::CommandAnswer>(&outgoing);
    if (said == nullptr) co_return chat::Sent::refused;
    const auto* ticket = tickets_.find(said->to.message);
    if (ticket == nullptr) co_return chat::Sent::refused;
    if (ticket->invocation.response_url.empty()) {
        Ticket home = *ticket;
        co_return co_await publish(std::move(home), std::move(said->text));
    }
    std::string id = said->to.message;
    json body = command_body(*said, options_.emoji);
    co_return co_await answer(std::move(id), std::move(body));
}

}  // namespace

std::unique_ptr<SlackAdapter> create_slack_adapter(asio::any_io_executor executor, Options options,
                                                   Dependencies dependencies) {
    return std::make_unique<Implementation>(std::move(executor), std::move(options), std::move(dependencies));
}

}  // namespace nunchi::slack
