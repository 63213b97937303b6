#include "bot/pipeline/decision.hpp"

#include <algorithm>

namespace nunchi::pipeline {
namespace {

using Outcome = std::variant<store::EffectKind, PassedOver>;

Outcome named(const Circumstances& circumstances) {
    const chat::Capabilities& can = circumstances.capabilities;
    if (!can.can_reply && !can.can_react) return PassedOver::silent;
    const bool is_reaction = circumstances.mode == Mode::reaction ? can.can_react : !can.can_reply;
    return is_reaction ? store::EffectKind::reaction : store::EffectKind::reply;
}

Outcome abstained(const Circumstances& circumstances) {
    const bool is_expected = circumstances.is_addressed || circumstances.capabilities.shows_notices;
    if (is_expected && circumstances.capabilities.can_reply) return store::EffectKind::reply;
    return PassedOver::abstained;
}

}  // namespace

bool is_wanted(Mode mode, bool is_addressed) {
    return mode != Mode::on_demand || is_addressed;
}

bool is_sound(const api::Prediction& prediction) {
    // Not a number compares false with everything. A remote classifier may round up.
    return std::ranges::all_of(prediction.probabilities, [](float p) { return p >= 0.0F && p <= 1.001F; });
}

Decision decide(const api::Prediction& prediction, const Circumstances& circumstances) {
    Decision decision;
    const api::Emotion top = prediction.top();
    const bool is_named = prediction.label && prediction.probabilities[api::index_of(top)] >=
                                                  static_cast<float>(circumstances.min_confidence);
    if (is_named) decision.emotion = top;
    if (circumstances.mode == Mode::silent) {
        decision.outcome = PassedOver::silent;
    } else {
        decision.outcome = is_named ? named(circumstances) : abstained(circumstances);
    }
    return decision;
}

}  // namespace nunchi::pipeline
