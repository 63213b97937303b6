#include "bot/pipeline/explanation_task.hpp"

#include <optional>
#include <string>
#include <utility>

#include "bot/pipeline/answer.hpp"
#include "bot/pipeline/classifier_fault.hpp"
#include "bot/pipeline/explanation.hpp"
#include "bot/pipeline/reading.hpp"
#include "bot/pipeline/reply_text.hpp"
#include "bot/pipeline/send.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

chat::Explanation explanation_of(const chat::ExplanationRequested& question, Explained explained) {
    chat::Explanation explanation;
    explanation.to = question.ref;
    explanation.emotion_name = emotion_name(explained.emotion, question.locale);
    explanation.text = explanation_text(explained.emotion, explained.words, question.text, question.locale);
    explanation.words = std::move(explained.words);
    return explanation;
}

std::optional<chat::Notice> refusal_of(const chat::ExplanationRequested& question,
                                       boost::system::error_code error) {
    const ClassifierFault fault = fault_of(error);
    if (fault == ClassifierFault::withdrawn) return std::nullopt;
    const PassedOver reason =
        fault == ClassifierFault::overloaded ? PassedOver::overloaded : PassedOver::failed;
    return notice_for(reason, question.ref, question.locale);
}

/// Nothing: neither an explanation nor a notice is due.
asio::awaitable<std::optional<chat::Outgoing>> outgoing_for(StatePtr state, Platform platform,
                                                            chat::ExplanationRequested question) {
    const auto rules =
        co_await state->rules.look_up(question.ref.place, question.author, state->options.now());
    if (!rules) co_return notice_for(PassedOver::failed, question.ref, question.locale);
    if (rules->has_opted_out) {
        co_return chat::Notice{question.ref, chat::Notice::Kind::failed, opted_out_text(question.locale)};
    }
    std::shared_ptr<api::Classifier> classifier = state->classifier;
    auto explained = co_await explain(std::move(classifier), question.text);
    if (explained) co_return explanation_of(question, std::move(*explained));
    state->warn(Trouble::classifier, platform,
                "a message could not be explained: " + explained.error().message());
    co_return refusal_of(question, explained.error());
}

asio::awaitable<void> send_and_settle(StatePtr state, Platform platform,
                                      std::optional<chat::Outgoing> outgoing, chat::Receipt receipt) {
    if (outgoing) {
        // Somebody waits for it, so a notice is sent even where messages that are passed over get none.
        chat::Outgoing answer(std::move(*outgoing));
        co_await send_once(std::move(state), std::move(platform), std::move(answer));
    }
    receipt.handled();
}

}  // namespace

asio::awaitable<void> answer_explanation(StatePtr state, Platform platform,
                                         chat::ExplanationRequested question, chat::Receipt receipt,
                                         PlaceSlots::Slot /*taken until the end*/) {
    auto outgoing = co_await outgoing_for(state, platform, std::move(question));
    co_await send_and_settle(std::move(state), std::move(platform), std::move(outgoing), std::move(receipt));
}

asio::awaitable<void> refuse_explanation(StatePtr state, Platform platform,
                                         chat::ExplanationRequested question, chat::Receipt receipt,
                                         PassedOver reason) {
    auto notice = notice_for(reason, question.ref, question.locale);
    std::optional<chat::Outgoing> outgoing;
    if (notice) outgoing = std::move(*notice);
    co_await send_and_settle(std::move(state), std::move(platform), std::move(outgoing), std::move(receipt));
}

}  // namespace nunchi::pipeline
