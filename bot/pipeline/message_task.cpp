#include "bot/pipeline/message_task.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "bot/pipeline/answer.hpp"
#include "bot/pipeline/classifier_fault.hpp"
#include "bot/pipeline/decision.hpp"
#include "bot/pipeline/send.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

using Reservation = AnswerLimiter::Reservation;

/// Lives in the frame of the task, so its coroutines may use its members.
class MessageTask {
public:
    MessageTask(StatePtr state, Platform platform, chat::Locale locale, Claim claim)
        : state_(std::move(state)),
          platform_(std::move(platform)),
          locale_(locale),
          claim_(std::move(claim)) {}

    asio::awaitable<void> answer(chat::Message message);
    asio::awaitable<void> refuse(PassedOver reason);

private:
    asio::awaitable<std::optional<Rules>> rules_for(const chat::Message& message);
    asio::awaitable<void> give_up(boost::system::error_code error);
    asio::awaitable<void> decide_and_send(const chat::Message& message, const api::Prediction& prediction,
                                          Circumstances circumstances);
    asio::awaitable<std::optional<store::Recorded>> record(store::HandledMessage handled);
    asio::awaitable<void> send(store::Effect effect, Reservation reservation,
                               std::chrono::steady_clock::time_point received);
    asio::awaitable<void> tell(PassedOver reason);

    store::HandledMessage handled_message() const;
    store::Effect effect_of(const api::Prediction& prediction, const Decision& decision,
                            store::EffectKind kind) const;
    void pass_over(PassedOver reason) { state_->observer.on_passed_over(platform_.name, reason); }
    /// Nobody expects another delivery.
    void pass_over_for_good(PassedOver reason) {
        claim_.handled();
        pass_over(reason);
    }

    StatePtr state_;
    Platform platform_;
    chat::Locale locale_;
    Tone tone_ = Tone::original;
    Claim claim_;
};

asio::awaitable<void> MessageTask::answer(chat::Message message) {
    const auto rules = co_await rules_for(message);
    if (!rules) co_return pass_over(PassedOver::failed);
    if (rules->has_opted_out) co_return pass_over_for_good(PassedOver::opted_out);
    const Circumstances circumstances{rules->mode.value_or(platform_.options.mode),
                                      rules->min_confidence.value_or(platform_.options.min_confidence),
                                      message.is_addressed, platform_.adapter->capabilities()};
    tone_ = rules->tone.value_or(platform_.options.tone);
    if (!is_wanted(circumstances.mode, message.is_addressed)) {
        co_return pass_over_for_good(PassedOver::not_asked);
    }
    // Held for the call: a new one may be set meanwhile. The text goes away with it.
    const std::shared_ptr<api::Classifier> classifier = state_->classifier;
    auto prediction = co_await classifier->classify(std::move(message.text));
    if (prediction && !is_sound(*prediction)) prediction = make_error_code(api::errc::inference_failed);
    if (!prediction) {
        co_await give_up(prediction.error());
        co_return;
    }
    state_->observer.on_classified(platform_.name, *prediction);
    co_await decide_and_send(message, *prediction, circumstances);
}

asio::awaitable<void> MessageTask::refuse(PassedOver reason) {
    store::HandledMessage handled = handled_message();
    handled.is_counted = false;
    const auto recorded = co_await record(std::move(handled));
    if (recorded) co_await tell(reason);
}

asio::awaitable<std::optional<Rules>> MessageTask::rules_for(const chat::Message& message) {
    const chat::Place& place = claim_.ref().place;
    const auto now = state_->options.now();
    if (auto known = state_->rules.known(place, message.author.id, now)) co_return known;
    const auto rules = co_await state_->rules.look_up(place, message.author.id, now);
    if (rules) co_return *rules;
    state_->warn(Trouble::store, platform_, "settings could not be read: " + rules.error().message());
    co_return std::nullopt;
}

asio::awaitable<void> MessageTask::give_up(boost::system::error_code error) {
    const ClassifierFault fault = fault_of(error);
    // This task is being cancelled; the platform delivers the message again.
    if (fault == ClassifierFault::withdrawn) co_return;
    state_->warn(Trouble::classifier, platform_, "a message could not be classified: " + error.message());
    const PassedOver reason =
        fault == ClassifierFault::overloaded ? PassedOver::overloaded : PassedOver::failed;
    // Only what would fail again the same way, and what its author is told of, is not delivered again.
    if (fault == ClassifierFault::of_the_message || platform_.adapter->capabilities().shows_notices) {
        co_await refuse(reason);
    } else {
        pass_over(reason);
    }
}

asio::awaitable<void> MessageTask::decide_and_send(const chat::Message& message,
                                                   const api::Prediction& prediction,
                                                   Circumstances circumstances) {
    const Decision decision = decide(prediction, circumstances);
    store::HandledMessage handled = handled_message();
    handled.counted = decision.emotion;
    auto reservation = std::holds_alternative<PassedOver>(decision.outcome)
                           ? AnswerLimiter::Verdict(std::get<PassedOver>(decision.outcome))
                           : state_->limiter.reserve(message, platform_.options, state_->options.now());
    if (const auto* reason = std::get_if<PassedOver>(&reservation)) {
        const auto counted = co_await record(std::move(handled));
        if (counted) co_await tell(*reason);
        co_return;
    }
    store::Effect effect = effect_of(prediction, decision, std::get<store::EffectKind>(decision.outcome));
    handled.effect = effect;
    const auto recorded = co_await record(std::move(handled));
    if (!recorded) co_return;
    effect.id = recorded->effect_id;
    co_await send(std::move(effect), std::get<Reservation>(std::move(reservation)), message.received);
}

/// Nothing: it is not this task's to go on with, and the reason has been told.
asio::awaitable<std::optional<store::Recorded>> MessageTask::record(store::HandledMessage handled) {
    const auto recorded = co_await state_->store.record(std::move(handled));
    if (!recorded) {
        state_->warn(Trouble::store, platform_,
                     "a message could not be recorded: " + recorded.error().message());
        pass_over(PassedOver::failed);
        co_return std::nullopt;
    }
    claim_.handled();
    if (recorded->is_first) co_return *recorded;
    pass_over(PassedOver::duplicate);
    co_return std::nullopt;
}

asio::awaitable<void> MessageTask::send(store::Effect effect, Reservation reservation,
                                        std::chrono::steady_clock::time_point received) {
    // A resend that looked into the store at this moment may have been first.
    const bool is_ours = state_->answers.begin(effect.id);
    if (!is_ours) co_return reservation.commit();
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(state_->options.now() - received);
    const Outcome outcome = co_await send_effect(state_, platform_, effect, elapsed);
    if (outcome == Outcome::delivered || outcome == Outcome::waiting) {
        reservation.commit();
        state_->observer.on_answered(platform_.name, state_->options.now() - received);
    }
    co_await settle_effect(state_, platform_, std::move(effect), outcome);
}

asio::awaitable<void> MessageTask::tell(PassedOver reason) {
    pass_over(reason);
    if (!platform_.adapter->capabilities().shows_notices) co_return;
    auto notice = notice_for(reason, claim_.ref(), locale_);
    if (notice) co_await send_once(state_, platform_, std::move(*notice));
}

store::HandledMessage MessageTask::handled_message() const {
    store::HandledMessage handled;
    handled.ref = claim_.ref();
    handled.operation = "created";
    handled.at = state_->options.wall_now();
    return handled;
}

store::Effect MessageTask::effect_of(const api::Prediction& prediction, const Decision& decision,
                                     store::EffectKind kind) const {
    store::Effect effect;
    effect.to = claim_.ref();
    effect.kind = kind;
    effect.locale = locale_;
    effect.probabilities = prediction.probabilities;
    effect.abstained = !decision.emotion.has_value();
    effect.model_id = prediction.model_id;
    effect.tone = name_of(tone_);
    effect.due = state_->options.wall_now();
    return effect;
}

}  // namespace

asio::awaitable<void> answer_message(StatePtr state, Platform platform, chat::Message message, Claim claim) {
    MessageTask task(std::move(state), std::move(platform), message.locale, std::move(claim));
    co_await task.answer(std::move(message));
}

asio::awaitable<void> refuse_message(StatePtr state, Platform platform, chat::Locale locale,
                                     PassedOver reason, Claim claim) {
    MessageTask task(std::move(state), std::move(platform), locale, std::move(claim));
    co_await task.refuse(reason);
}

}  // namespace nunchi::pipeline
