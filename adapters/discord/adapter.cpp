#include "adapters/discord/adapter.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "adapters/chat/answer_book.hpp"
#include "adapters/discord/catch_up.hpp"
#include "adapters/discord/json_access.hpp"
#include "adapters/discord/render.hpp"
#include "adapters/discord/rest/routes.hpp"
#include "adapters/discord/sender.hpp"
#include "adapters/discord/threads.hpp"
#include "adapters/net/task_group.hpp"

namespace nunchi::discord {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::string_view kPlatform = "discord";
constexpr const char* kSeenKey = "discord/seen";
constexpr std::chrono::seconds kKeepSeenEvery{5};
// So many in a row without a word: nobody writes nothing that often (G44).
constexpr int kBlankMessages = 10;

class Implementation final : public DiscordAdapter, public gateway::Sink {
public:
    Implementation(asio::any_io_executor executor, Options options, Dependencies given)
        : executor_(executor),
          options_(std::move(options)),
          state_(given.state),
          log_(std::move(given.log)),
          rest_(rest::create_rest_client(executor, options_.rest, given.http, log_)),
          interactions_(executor, options_.interactions, {*rest_, given.state, log_}),
          gateway_(
              gateway::create_gateway(executor, options_.gateway, {*rest_, given.http, given.state, log_})),
          sender_(*rest_, answers_, options_.emoji, options_.reply_max_age,
                  [this](chat::MessageRef ref) { tasks_.spawn(read_again(std::move(ref))); }),
          tasks_(std::move(executor)) {}

    std::string_view platform() const override { return kPlatform; }
    chat::Capabilities capabilities() const override;
    chat::Status status() const override;
    asio::awaitable<void> run(chat::Inbox& inbox) override;
    void stop_intake() override;
    asio::awaitable<boost::system::result<chat::Sent>> send(chat::Outgoing outgoing) override;

    void add_routes(net::Router& router) override;
    Counters counters() const override;

    void on_dispatch(gateway::Dispatch dispatch) override;
    void on_gap(int shard) override;

private:
    void on_ready(const json& data);
    void on_message(gateway::Dispatch dispatch);
    void on_edit(gateway::Dispatch dispatch);
    void on_deletion(const std::string& message);
    void on_interaction(const json& data);
    void watch_blank(const Translated& translated);

    asio::awaitable<void> resolve_and_deliver(chat::Message message, chat::Receipt receipt, bool is_edit);
    asio::awaitable<std::string> parent_of(std::string channel);
    asio::awaitable<void> read_again(chat::MessageRef ref);
    void deliver(chat::Message message, chat::Receipt receipt, bool is_edit);
    void place_in_thread(chat::Message& message, const std::string& parent) const;

    asio::awaitable<void> catch_up();
    asio::awaitable<void> keep_seen();
    asio::awaitable<boost::system::result<chat::Sent>> answer(std::string interaction, json body);

    asio::any_io_executor executor_;
    Options options_;
    chat::StateStore& state_;
    std::shared_ptr<spdlog::logger> log_;
    std::unique_ptr<rest::RestClient> rest_;
    interactions::Interactions interactions_;
    std::unique_ptr<gateway::Gateway> gateway_;

    chat::Inbox* inbox_ = nullptr;  // while events are taken
    std::string self_id_;
    ThreadBook threads_;
    chat::AnswerBook answers_;
    SeenMessages seen_;
    std::string kept_seen_;
    int blank_in_a_row_ = 0;
    std::uint64_t caught_up_ = 0;
    Sender sender_;
    net::TaskGroup tasks_;
};

chat::Capabilities Implementation::capabilities() const {
    // Replies by their nonce; a reaction that stands there already is not made twice.
    return {.can_reply = true,
            .can_react = true,
            .can_explain = true,
            .shows_notices = false,
            .repeats_replies = true,
            .repeats_reactions = true};
}

chat::Status Implementation::status() const {
    chat::Status status = gateway_->status();
    if (status.health == chat::Health::connected && blank_in_a_row_ >= kBlankMessages) {
        status.reason =
            "messages arrive without their text: switch on the Message Content intent in Discord's developer "
            "portal (Bot, Privileged Gateway Intents), or set discord.profile = \"mention\"";
    }
    return status;
}

asio::awaitable<void> Implementation::run(chat::Inbox& inbox) {
    inbox_ = &inbox;
    if (options_.catch_up > 0) {
        const auto kept = co_await state_.get(kSeenKey);
        if (kept && *kept) seen_.add_json(**kept);
        tasks_.spawn(keep_seen());
    }
    co_await gateway_->run(*this);
    inbox_ = nullptr;
    tasks_.cancel();
    co_await tasks_.join(std::chrono::seconds(1));
}

void Implementation::stop_intake() {
    inbox_ = nullptr;
    interactions_.stop_intake();
    gateway_->stop_intake();
}

void Implementation::add_routes(net::Router& router) {
    if (!options_.interactions.public_key.empty()) {
        router.add("POST", "/discord/interactions", interactions_.endpoint([this] { return inbox_; }));
    }
}

Counters Implementation::counters() const {
    return {rest_->counters(), gateway_->counters(), interactions_.counters(), caught_up_};
}

void Implementation::on_dispatch(gateway::Dispatch dispatch) {
    threads_.learn(dispatch.type, dispatch.data);
    if (dispatch.type == "READY") on_ready(dispatch.data);
    if (dispatch.type == "MESSAGE_CREATE") return on_message(std::move(dispatch));
    if (dispatch.type == "MESSAGE_UPDATE") return on_edit(std::move(dispatch));
    if (dispatch.type == "MESSAGE_DELETE") on_deletion(id_of(dispatch.data, "id"));
    if (dispatch.type == "MESSAGE_DELETE_BULK" && member(dispatch.data, "ids").is_array()) {
        for (const auto& id : member(dispatch.data, "ids")) {
            if (id.is_string()) on_deletion(id.get<std::string>());
        }
    }
    if (dispatch.type == "INTERACTION_CREATE") on_interaction(dispatch.data);
    dispatch.receipt.handled();
}

void Implementation::on_ready(const json& data) {
    self_id_ = id_of(member(data, "user"), "id");
    const auto application = id_of(member(data, "application"), "id");
    if (!application.empty()) tasks_.spawn(interactions_.register_commands(application));
}

void Implementation::on_message(gateway::Dispatch dispatch) {
    auto translated =
        message_of(dispatch.data, self_id_, options_.profile, dispatch.shard, dispatch.shard_count);
    watch_blank(translated);
    if (!translated.message) return dispatch.receipt.handled();
    chat::Message& message = *translated.message;
    seen_.on_message(message.ref.place.community, message.ref.place.channel, message.ref.message);
    tasks_.spawn(resolve_and_deliver(std::move(message), std::move(dispatch.receipt), false));
}

void Implementation::on_edit(gateway::Dispatch dispatch) {
    // Updates are told without content when a link was unfurled; only what was answered is read again.
    const bool has_text = member(dispatch.data, "content").is_string();
    const bool is_changed =
        has_text && answers_.has_changed(id_of(dispatch.data, "id"), text_of(dispatch.data, "content"));
    if (is_changed) {
        auto translated =
            message_of(dispatch.data, self_id_, options_.profile, dispatch.shard, dispatch.shard_count);
        if (translated.message) {
            tasks_.spawn(resolve_and_deliver(std::move(*translated.message), chat::Receipt(), true));
        }
    }
    dispatch.receipt.handled();
}

void Implementation::on_deletion(const std::string& message) {
    auto answered = answers_.on_deleted(message);
    if (answered) tasks_.spawn(sender_.follow_deletion(std::move(*answered)));
}

void Implementation::on_interaction(const json& data) {
    // It lives for three seconds, so it is not to be replayed: the gateway need not wait for its end.
    if (inbox_ != nullptr) interactions_.take(data, *inbox_);
}

void Implementation::watch_blank(const Translated& translated) {
    if (options_.profile == Profile::mention) return;
    if (!translated.is_blank) {
        if (translated.proves_intent) blank_in_a_row_ = 0;
        return;
    }
    if (++blank_in_a_row_ == kBlankMessages) {
        log_->warn("discord: {}", status().reason);
    }
}

void Implementation::place_in_thread(chat::Message& message, const std::string& parent) const {
    if (parent.empty()) return;
    message.ref.place.thread = std::exchange(message.ref.place.channel, parent);
}

void Implementation::deliver(chat::Message message, chat::Receipt receipt, bool is_edit) {
    if (inbox_ == nullptr) return;
    if (!is_edit) answers_.saw(message.ref.message, message.text);
    chat::Event event = chat::MessageCreated{std::move(message)};
    if (is_edit) {
        chat::Message edited = std::move(std::get<chat::MessageCreated>(event).message);
        event = chat::MessageEdited{std::move(edited)};
    }
    inbox_->deliver({std::move(event), std::move(receipt)});
}

asio::awaitable<void> Implementation::resolve_and_deliver(chat::Message message, chat::Receipt receipt,
                                                          bool is_edit) {
    message.received = std::chrono::steady_clock::now();
    if (!message.ref.place.community.empty()) {
        std::string channel = message.ref.place.channel;
        const auto parent = co_await parent_of(std::move(channel));
        place_in_thread(message, parent);
    }
    deliver(std::move(message), std::move(receipt), is_edit);
}

/// The edit came before the answer that it outdates; its text was not kept.
asio::awaitable<void> Implementation::read_again(chat::MessageRef ref) {
    const std::string channel = channel_of(ref.place);
    rest::Call call;
    call.route = rest::message("GET", channel, ref.message);
    call.permission = channel + "/read";
    auto answer = co_await rest_->send(std::move(call));
    if (!answer || !answer->body.is_object()) co_return;
    if (!ref.place.community.empty()) answer->body["guild_id"] = ref.place.community;
    auto translated = message_of(answer->body, self_id_, options_.profile, 0, 1);
    if (!translated.message) co_return;
    translated.message->ref.place = ref.place;
    deliver(std::move(*translated.message), chat::Receipt(), true);
}

/// Empty: not a thread, or it cannot be told.
asio::awaitable<std::string> Implementation::parent_of(std::string channel) {
    if (auto known = threads_.parent_of(channel)) co_return *known;
    rest::Call call;
    call.route = rest::channel(channel);
    call.permission = channel + "/read";
    const auto answer = co_await rest_->send(std::move(call));
    if (answer) threads_.learn_channel(answer->body);
    co_return threads_.parent_of(channel).value_or(std::string());
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::answer(std::string interaction,
                                                                          json body) {
    const auto answered = co_await interactions_.answer(std::move(interaction), std::move(body));
    if (!answered) co_return answered.error();
    co_return chat::Sent::delivered;
}

asio::awaitable<boost::system::result<chat::Sent>> Implementation::send(chat::Outgoing outgoing) {
    if (auto* reply = std::get_if<chat::Reply>(&outgoing)) co_return co_await sender_.send(std::move(*reply));
    if (auto* reaction = std::get_if<chat::Reaction>(&outgoing)) {
        co_return co_await sender_.send(std::move(*reaction));
    }
    if (auto* retraction = std::get_if<chat::Retraction>(&outgoing)) {
        co_return co_await sender_.send(std::move(*retraction));
    }
    json body;
    if (const auto* it = std::get_if<chat::Explanation>(&outgoing)) body = explanation_body(*it);
    if (const auto* it = std::get_if<chat::Notice>(&outgoing)) body = notice_body(*it);
    if (const auto* it = std::get_if<chat::CommandAnswer>(&outgoing))
        body = command_body(*it, options_.emoji);
    std::string interaction = chat::target_of(outgoing).message;
    co_return co_await answer(std::move(interaction), std::move(body));
}

void Implementation::on_gap(int shard) {
    log_->warn("discord: shard {} began a new session; messages posted meanwhile were {}", shard,
               options_.catch_up > 0 ? "not dispatched and are read now" : "not seen");
    if (options_.catch_up > 0) tasks_.spawn(catch_up());
}

asio::awaitable<void> Implementation::catch_up() {
    auto channels = seen_.channels();
    co_await read_missed(*rest_, std::move(channels), options_.catch_up, [this](json data) {
        auto translated = message_of(data, self_id_, options_.profile, 0, 1);
        if (!translated.message) return;
        ++caught_up_;
        tasks_.spawn(resolve_and_deliver(std::move(*translated.message), chat::Receipt(), false));
    });
}

asio::awaitable<void> Implementation::keep_seen() {
    asio::steady_timer timer(executor_);
    for (;;) {
        timer.expires_after(kKeepSeenEvery);
        co_await timer.async_wait(asio::use_awaitable);
        std::string text = seen_.to_json();
        if (text == kept_seen_) continue;
        const auto put = co_await state_.put(kSeenKey, text);
        if (put) kept_seen_ = std::move(text);
    }
}

}  // namespace

std::unique_ptr<DiscordAdapter> create_discord_adapter(asio::any_io_executor executor, Options options,
                                                       Dependencies dependencies) {
    return std::make_unique<Implementation>(std::move(executor), std::move(options), std::move(dependencies));
}

}  // namespace nunchi::discord
