#include "bot/pipeline/edit_task.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "bot/pipeline/answer.hpp"
#include "bot/pipeline/decision.hpp"
#include "bot/pipeline/filter.hpp"
#include "bot/pipeline/send.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

chat::Outgoing edited(const api::Prediction& prediction, const Decision& decision, Tone tone,
                      const chat::Message& message) {
    store::Effect effect;
    effect.to = message.ref;
    effect.kind = std::get<store::EffectKind>(decision.outcome);
    effect.locale = message.locale;
    effect.probabilities = prediction.probabilities;
    effect.abstained = !decision.emotion.has_value();
    effect.model_id = prediction.model_id;
    effect.tone = name_of(tone);
    const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
        prediction.timings.tokenization + prediction.timings.queue + prediction.timings.inference);
    chat::Outgoing outgoing = answer_of(effect, elapsed);
    if (auto* reply = std::get_if<chat::Reply>(&outgoing)) reply->is_edit = true;
    if (auto* reaction = std::get_if<chat::Reaction>(&outgoing)) reaction->is_edit = true;
    return outgoing;
}

/// Nothing: the answer that stands there stays, because this one could not be read.
asio::awaitable<std::optional<chat::Outgoing>> answer_to(StatePtr state, Platform platform,
                                                         chat::Message message) {
    const chat::Outgoing retraction = chat::Retraction{message.ref};
    if (why_not_read(message)) co_return retraction;
    const auto rules =
        co_await state->rules.look_up(message.ref.place, message.author.id, state->options.now());
    if (!rules) co_return std::nullopt;
    if (rules->has_opted_out) co_return retraction;
    const Circumstances circumstances{rules->mode.value_or(platform.options.mode),
                                      rules->min_confidence.value_or(platform.options.min_confidence),
                                      message.is_addressed, platform.adapter->capabilities()};
    const std::shared_ptr<api::Classifier> classifier = state->classifier;
    std::string text = std::move(message.text);
    const auto prediction = co_await classifier->classify(std::move(text));
    if (!prediction || !is_sound(*prediction)) co_return std::nullopt;
    const Decision decision = decide(*prediction, circumstances);
    if (std::holds_alternative<PassedOver>(decision.outcome)) co_return retraction;
    co_return edited(*prediction, decision, rules->tone.value_or(platform.options.tone), message);
}

}  // namespace

asio::awaitable<void> answer_edit(StatePtr state, Platform platform, chat::Message message) {
    auto outgoing = co_await answer_to(state, platform, std::move(message));
    if (!outgoing) co_return;
    chat::Outgoing answer(std::move(*outgoing));
    co_await send_once(std::move(state), std::move(platform), std::move(answer));
}

}  // namespace nunchi::pipeline
