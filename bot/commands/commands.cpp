#include "bot/commands/commands.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "bot/commands/phrases.hpp"
#include "bot/commands/settings_change.hpp"
#include "bot/commands/settings_view.hpp"
#include "bot/pipeline/decision.hpp"
#include "bot/pipeline/filter.hpp"
#include "bot/pipeline/reading.hpp"
#include "bot/pipeline/reply_text.hpp"

namespace nunchi::commands {
namespace {

namespace asio = boost::asio;
using chat::Locale;
using Kind = chat::Notice::Kind;

/// Read to see whether the classifier answers.
constexpr const char* kProbe = "오늘은 정말 기분이 좋아요!";

chat::Place channel_of(const chat::Place& place) {
    return {place.platform, place.community, place.channel, {}};
}

chat::Place community_of(const chat::Place& place) {
    return {place.platform, place.community, {}, {}};
}

/// What is stored of a place and of the level above.
struct Levels {
    store::ChannelSettings channel;
    store::ChannelSettings community;
};

class Commands final : public pipeline::CommandHandler {
public:
    explicit Commands(Dependencies dependencies) : given_(std::move(dependencies)) {}

    asio::awaitable<chat::CommandAnswer> answer(chat::CommandInvoked command) override;

private:
    using Invoked = chat::CommandInvoked;
    asio::awaitable<chat::CommandAnswer> perform(Invoked invoked, chat::ReadText command);
    asio::awaitable<chat::CommandAnswer> perform(Invoked invoked, chat::ShowSettings command);
    asio::awaitable<chat::CommandAnswer> perform(Invoked invoked, chat::ChangeSettings command);
    asio::awaitable<chat::CommandAnswer> perform(Invoked invoked, chat::ShowHelp command);
    asio::awaitable<chat::CommandAnswer> perform(Invoked invoked, chat::Diagnose command);

    Speech speech_to(const Invoked& invoked) const {
        return {invoked.locale, given_.words(invoked.ref.place.platform)};
    }
    asio::awaitable<store::result<store::ChannelSettings>> stored(chat::Place place);
    asio::awaitable<std::optional<Levels>> levels_of(chat::Place place);
    SettingsView view(const chat::Place& place, const Levels& levels) const {
        return view_of(levels.channel, levels.community, given_.standard(place.platform));
    }

    Dependencies given_;
};

chat::CommandAnswer answer_with(const chat::CommandInvoked& invoked, std::string text) {
    return {.to = invoked.ref, .text = std::move(text), .reading = std::nullopt};
}

asio::awaitable<chat::CommandAnswer> Commands::answer(Invoked invoked) {
    chat::Command command = std::move(invoked.command);
    auto performing =
        std::visit([&](auto& chosen) { return perform(std::move(invoked), std::move(chosen)); }, command);
    chat::CommandAnswer answered = co_await std::move(performing);
    co_return answered;
}

asio::awaitable<chat::CommandAnswer> Commands::perform(Invoked invoked, chat::ReadText command) {
    const std::string& author = command.author.empty() ? invoked.invoker.id : command.author;
    const auto opted_out = co_await given_.store.has_opted_out(invoked.ref.place.platform, author);
    if (!opted_out) co_return answer_with(invoked, store_failed_text(invoked.locale));
    if (*opted_out) co_return answer_with(invoked, pipeline::opted_out_text(invoked.locale));
    chat::Message message;
    message.text = std::move(command.text);
    if (pipeline::why_not_read(message)) {
        co_return answer_with(invoked, pipeline::notice_text(Kind::not_korean, invoked.locale));
    }
    const auto classifier = given_.classifier();
    const auto prediction = co_await classifier->classify(std::move(message.text));
    if (!prediction || !pipeline::is_sound(*prediction)) {
        const bool is_busy = !prediction && prediction.error() == api::make_error_code(api::errc::overloaded);
        co_return answer_with(
            invoked, pipeline::notice_text(is_busy ? Kind::overloaded : Kind::failed, invoked.locale));
    }
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
        prediction->timings.tokenization + prediction->timings.queue + prediction->timings.inference);
    auto answered =
        answer_with(invoked, prediction->label ? pipeline::answer_text(*prediction->label, invoked.locale)
                                               : pipeline::abstained_text(invoked.locale));
    answered.reading = pipeline::reading_of(prediction->probabilities, !prediction->label,
                                            prediction->model_id, invoked.locale, elapsed);
    co_return answered;
}

asio::awaitable<store::result<store::ChannelSettings>> Commands::stored(chat::Place place) {
    const auto found = co_await given_.store.channel_settings(std::move(place));
    if (!found) co_return found.error();
    co_return found->value_or(store::ChannelSettings{});
}

asio::awaitable<std::optional<Levels>> Commands::levels_of(chat::Place place) {
    if (place.community.empty()) co_return Levels{};
    chat::Place level = channel_of(place);
    const auto channel = co_await stored(std::move(level));
    if (!channel) co_return std::nullopt;
    level = community_of(place);
    const auto community = co_await stored(std::move(level));
    if (!community) co_return std::nullopt;
    co_return Levels{*channel, *community};
}

asio::awaitable<chat::CommandAnswer> Commands::perform(Invoked invoked, chat::ShowSettings) {
    const auto levels = co_await levels_of(invoked.ref.place);
    if (!levels) co_return answer_with(invoked, store_failed_text(invoked.locale));
    co_return answer_with(invoked, settings_text(view(invoked.ref.place, *levels), speech_to(invoked)));
}

asio::awaitable<chat::CommandAnswer> Commands::perform(Invoked invoked, chat::ChangeSettings command) {
    const chat::Place& place = invoked.ref.place;
    if (const auto refusal = why_not_changed(place, invoked.invoker)) {
        co_return answer_with(invoked, refusal_text(*refusal, speech_to(invoked)));
    }
    auto levels = co_await levels_of(place);
    if (!levels) co_return answer_with(invoked, store_failed_text(invoked.locale));
    store::ChannelSettings& level = command.is_for_community ? levels->community : levels->channel;
    auto outcome = changed(level, command, given_.answer_mode(place.platform));
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        co_return answer_with(invoked, refusal_text(*refusal, speech_to(invoked)));
    }
    level = std::get<store::ChannelSettings>(std::move(outcome));
    chat::Place target = command.is_for_community ? community_of(place) : channel_of(place);
    const auto put = co_await given_.store.put_channel_settings(std::move(target), level);
    if (!put) co_return answer_with(invoked, store_failed_text(invoked.locale));
    given_.on_changed();
    given_.log->info("{}: the settings of a {} were changed", place.platform,
                     command.is_for_community ? "community" : "channel");
    co_return answer_with(invoked,
                          changed_text(command.is_for_community, view(place, *levels), speech_to(invoked)));
}

asio::awaitable<chat::CommandAnswer> Commands::perform(Invoked invoked, chat::ShowHelp) {
    co_return answer_with(invoked, help_text(invoked.locale));
}

asio::awaitable<chat::CommandAnswer> Commands::perform(Invoked invoked, chat::Diagnose command) {
    const auto levels = co_await levels_of(invoked.ref.place);
    if (!levels) co_return answer_with(invoked, store_failed_text(invoked.locale));
    const auto classifier = given_.classifier();
    std::string probe(kProbe);
    const auto prediction = co_await classifier->classify(std::move(probe));
    Diagnosis diagnosis;
    diagnosis.view = view(invoked.ref.place, *levels);
    diagnosis.is_in_community = !invoked.ref.place.community.empty();
    diagnosis.can_read = prediction.has_value();
    if (prediction) diagnosis.model_id = prediction->model_id;
    diagnosis.findings = std::move(command.findings);
    co_return answer_with(invoked, diagnosis_text(diagnosis, speech_to(invoked)));
}

}  // namespace

std::unique_ptr<pipeline::CommandHandler> create_commands(Dependencies dependencies) {
    return std::make_unique<Commands>(std::move(dependencies));
}

}  // namespace nunchi::commands
