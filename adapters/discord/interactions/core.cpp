#include "adapters/discord/interactions/core.hpp"

#include <chrono>
#include <exception>
#include <utility>
#include <variant>

#include "adapters/discord/interactions/deferral.hpp"
#include "adapters/discord/interactions/phrases.hpp"
#include "adapters/discord/interactions/registration.hpp"
#include "adapters/discord/interactions/responder.hpp"
#include "adapters/discord/interactions/webhook_request.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::interactions {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using nlohmann::json;

constexpr std::chrono::seconds kReadAge{30};

net::TaskGroup task_group(asio::any_io_executor executor, const std::shared_ptr<spdlog::logger>& log) {
    return net::TaskGroup(std::move(executor), [log](const std::exception_ptr& thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& error) {
            log->error("discord: an interaction failed: {}", error.what());
        } catch (...) {
            log->error("discord: an interaction failed");
        }
    });
}

net::Response unavailable() {
    return net::make_response(503, "text/plain; charset=utf-8", "not now\n");
}

std::string_view sentence_for(Objection objection, chat::Locale locale) {
    switch (objection) {
        case Objection::bot_message: return bot_message_text(locale);
        case Objection::no_text: return no_text_text(locale);
        case Objection::unknown: break;
    }
    return unknown_command_text(locale);
}

std::string_view sentence_for(const rest::Failure& failure, chat::Locale locale) {
    return failure.status == 404 ? message_gone_text(locale) : cannot_read_text(locale);
}

rest::Call read_call(const std::string& channel, const std::string& message) {
    rest::Call call;
    call.route = rest::message("GET", channel, message);
    call.permission = channel + "/read";
    call.max_age = kReadAge;
    return call;
}

/// Lowers the flag again however the coroutine ends.
class Busy {
public:
    explicit Busy(bool& flag) : flag_(flag) { flag_ = true; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    ~Busy() { flag_ = false; }

private:
    bool& flag_;
};

}  // namespace

Core::Core(asio::any_io_executor executor, Options options, Dependencies dependencies)
    : options_(std::move(options)),
      rest_(dependencies.rest),
      store_(dependencies.state),
      log_(std::move(dependencies.log)),
      verifier_(Verifier::create(options_.public_key)),
      book_(options_.max_known),
      tasks_(task_group(std::move(executor), log_)) {
    if (!verifier_ && !options_.public_key.empty()) {
        log_->error(
            "discord.public_key: expected 64 hexadecimal digits (Discord's developer portal, General "
            "Information); the webhook refuses every request");
    }
}

void Core::shut_down() {
    is_open_ = false;
    tasks_.cancel();
}

chat::Locale Core::locale_of(const Interaction& interaction) const {
    return interactions::locale_of(interaction.locale, options_.locale);
}

Admission Core::admit(const Interaction& interaction) {
    auto age = Clock::duration::zero();
    if (interaction.created) {
        age = lateness_.age_of(*interaction.created, std::chrono::system_clock::now());
    }
    std::string application = interaction.application.empty() ? application_ : interaction.application;
    const auto admission =
        book_.admit(interaction.id, std::move(application), interaction.token, age, Clock::now());
    switch (admission) {
        case Admission::admitted: ++counters_.taken; break;
        case Admission::duplicate: ++counters_.duplicates; break;
        case Admission::late: ++counters_.late; break;
    }
    return admission;
}

void Core::count(Acknowledged outcome) {
    switch (outcome) {
        case Acknowledged::ours: return;
        case Acknowledged::by_another: ++counters_.duplicates; return;
        case Acknowledged::lost: ++counters_.lost; break;
        case Acknowledged::late: ++counters_.late; break;
    }
    log_->warn("discord: an interaction could not be acknowledged within 3 s");
}

void Core::take(const json& data, FindInbox find_inbox) {
    if (!is_open_) return;
    auto interaction = parse_interaction(data);
    const bool is_whole = interaction && interaction->kind != Kind::ping;
    if (!is_whole) {
        ++counters_.malformed;
        return;
    }
    if (admit(*interaction) != Admission::admitted) return;
    tasks_.spawn(serve(shared_from_this(), std::move(*interaction), std::move(find_inbox)));
}

asio::awaitable<void> Core::serve(CorePtr core, Interaction interaction, FindInbox find_inbox) {
    const bool is_completion = interaction.kind == Kind::autocomplete;
    const auto now = Clock::now();
    FirstResponse first{interaction.id, interaction.token, is_completion ? no_choices() : deferral(),
                        now + core->book_.time_to_acknowledge(interaction.id, now)};
    const Acknowledged outcome = co_await respond(core->rest_, std::move(first));
    core->count(outcome);
    if (outcome != Acknowledged::ours || is_completion) co_return;
    core->book_.on_acknowledged(interaction.id, Clock::now());
    co_await hand_on(core, std::move(interaction), std::move(find_inbox));
}

net::Response Core::on_request(const net::Request& request, FindInbox find_inbox) {
    if (!verifier_) {
        ++counters_.refused;
        return net::make_response(401, "text/plain; charset=utf-8", "no public key is set\n");
    }
    const auto examined =
        examine(request, *verifier_, options_.max_body_bytes, std::chrono::system_clock::now());
    if (const auto* refusal = std::get_if<net::Response>(&examined)) {
        ++counters_.refused;
        return *refusal;
    }
    return on_payload(std::get<json>(examined), std::move(find_inbox));
}

net::Response Core::on_payload(const json& payload, FindInbox find_inbox) {
    auto interaction = parse_interaction(payload);
    if (!interaction) {
        ++counters_.malformed;
        return net::make_response(400, "text/plain; charset=utf-8", "the body is no interaction\n");
    }
    if (interaction->kind == Kind::ping) return json_response(pong());
    if (interaction->kind == Kind::autocomplete) return json_response(no_choices());
    if (!is_open_ || find_inbox() == nullptr) return unavailable();
    const auto admission = admit(*interaction);
    if (admission == Admission::late) return unavailable();
    if (admission == Admission::admitted) {
        book_.on_acknowledged(interaction->id, Clock::now() + options_.webhook_settle);
        tasks_.spawn(hand_on(shared_from_this(), std::move(*interaction), std::move(find_inbox)));
    }
    // A duplicate too: its first response may not have arrived.
    return json_response(deferral());
}

asio::awaitable<void> Core::hand_on(CorePtr core, Interaction interaction, FindInbox find_inbox) {
    const chat::Locale locale = core->locale_of(interaction);
    Demand demand = demand_of(interaction, locale);
    std::string id = interaction.id;
    if (const auto* objection = std::get_if<Objection>(&demand)) {
        co_return co_await say(core, std::move(id), sentence_for(*objection, locale));
    }
    if (auto* why = std::get_if<Why>(&demand)) {
        co_return co_await explain(core, std::move(interaction), std::move(*why), std::move(find_inbox));
    }
    chat::CommandInvoked command{.ref = {.place = interaction.place, .message = id},
                                 .invoker = invoker_of(interaction),
                                 .locale = locale,
                                 .command = std::get<chat::Command>(std::move(demand))};
    chat::Event event(std::move(command));
    co_await deliver(core, std::move(event), std::move(id), locale, std::move(find_inbox));
}

asio::awaitable<void> Core::explain(CorePtr core, Interaction interaction, Why why, FindInbox find_inbox) {
    const chat::Locale locale = core->locale_of(interaction);
    std::string id = interaction.id;
    rest::Call call = read_call(interaction.channel, why.message);
    const auto answer = co_await core->rest_.send(std::move(call));
    if (!answer) co_return co_await say(core, std::move(id), sentence_for(answer.error(), locale));
    ReadMessage message = parse_read_message(answer->body);
    if (message.is_by_bot) co_return co_await say(core, std::move(id), bot_message_text(locale));
    if (message.text.empty()) co_return co_await say(core, std::move(id), no_text_text(locale));
    chat::ExplanationRequested question{.ref = {.place = interaction.place, .message = id},
                                        .author = std::move(message.author),
                                        .text = std::move(message.text),
                                        .locale = locale};
    chat::Event event(std::move(question));
    co_await deliver(core, std::move(event), std::move(id), locale, std::move(find_inbox));
}

asio::awaitable<void> Core::deliver(CorePtr core, chat::Event event, std::string id, chat::Locale locale,
                                    FindInbox find_inbox) {
    chat::Inbox* const inbox = core->is_open_ ? find_inbox() : nullptr;
    if (inbox == nullptr) co_return co_await say(core, std::move(id), stopping_text(locale));
    inbox->deliver({std::move(event), chat::Receipt()});
}

asio::awaitable<void> Core::say(CorePtr core, std::string id, std::string_view sentence) {
    json message{{"content", sentence}};
    co_await answer(core, std::move(id), std::move(message));
}

asio::awaitable<boost::system::result<void>> Core::answer(CorePtr core, std::string id, json message) {
    auto right = core->book_.right_to_answer(id, Clock::now());
    if (!right) {
        ++core->counters_.unanswered;
        co_return right.error();
    }
    const auto sent = co_await edit_response(core->rest_, std::move(*right), std::move(message));
    if (!sent) {
        ++core->counters_.unanswered;
        core->log_->warn("discord: an interaction got no answer: {}", sent.error().message);
        co_return sent.error().code;
    }
    ++core->counters_.answered;
    co_return boost::system::result<void>();
}

asio::awaitable<void> Core::register_commands(CorePtr core, std::string application) {
    core->application_ = application;
    if (core->is_registering_ || core->is_registered_) co_return;
    const Busy busy(core->is_registering_);
    const Registered outcome = co_await interactions::register_commands(core->rest_, core->store_, core->log_,
                                                                        std::move(application));
    core->is_registered_ = outcome == Registered::done || outcome == Registered::unchanged;
}

}  // namespace nunchi::discord::interactions
