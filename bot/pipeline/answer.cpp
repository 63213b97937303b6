#include "bot/pipeline/answer.hpp"

#include <utility>

#include "bot/pipeline/reading.hpp"
#include "bot/pipeline/reply_text.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::pipeline {
namespace {

std::optional<chat::Notice::Kind> notice_kind(PassedOver reason) {
    using Kind = chat::Notice::Kind;
    switch (reason) {
        case PassedOver::empty:
        case PassedOver::no_hangul: return Kind::not_korean;
        case PassedOver::burst:
        case PassedOver::cooldown: return Kind::too_fast;
        case PassedOver::overloaded: return Kind::overloaded;
        case PassedOver::failed: return Kind::failed;
        default: return std::nullopt;
    }
}

}  // namespace

chat::Outgoing answer_of(const store::Effect& effect, std::chrono::microseconds elapsed) {
    api::Prediction prediction;
    prediction.probabilities = effect.probabilities;
    const api::Emotion emotion = prediction.top();
    if (effect.kind == store::EffectKind::reaction) {
        return chat::Reaction{.to = effect.to, .emotion = std::string(api::english_name(emotion))};
    }
    // A name that this version does not know counts as the original tone.
    const Tone tone = tone_named(effect.tone).value_or(Tone::original);
    chat::Reply reply;
    reply.to = effect.to;
    reply.text = effect.abstained ? abstained_text(effect.locale) : answer_text(emotion, effect.locale, tone);
    reply.reading =
        reading_of(effect.probabilities, effect.abstained, effect.model_id, effect.locale, elapsed);
    return reply;
}

bool is_repeatable(store::EffectKind kind, const chat::Capabilities& capabilities) {
    return kind == store::EffectKind::reply ? capabilities.repeats_replies : capabilities.repeats_reactions;
}

std::optional<chat::Notice> notice_for(PassedOver reason, const chat::MessageRef& to, chat::Locale locale) {
    const auto kind = notice_kind(reason);
    if (!kind) return std::nullopt;
    return chat::Notice{to, *kind, notice_text(*kind, locale)};
}

}  // namespace nunchi::pipeline
