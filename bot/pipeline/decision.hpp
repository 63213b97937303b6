// What a message gets for an answer.
#pragma once

#include <optional>
#include <variant>

#include "adapters/chat/adapter.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::pipeline {

/// What the decision takes into account beside the prediction.
struct Circumstances {
    Mode mode = Mode::reply;  // of the channel
    double min_confidence = 0;
    bool is_addressed = false;
    chat::Capabilities capabilities;
};

struct Decision {
    std::optional<api::Emotion> emotion;                  // nothing: abstained
    std::variant<store::EffectKind, PassedOver> outcome;  // PassedOver: silent or abstained
};

/// Whether the message is classified at all: in mode on-demand only when the bot is addressed.
bool is_wanted(Mode mode, bool is_addressed);

/// Whether the numbers can be read: each is finite and in [0, 1].
bool is_sound(const api::Prediction& prediction);

/// The prediction is sound.
/// Abstained is what the model abstains from and what is less probable than min_confidence; it is answered,
/// in words, when the bot is addressed or the adapter shows notices. Mode silent holds also for messages that
/// address the bot. An adapter that cannot reply is asked to react and the other way round; one that can do
/// neither is silent.
Decision decide(const api::Prediction& prediction, const Circumstances& circumstances);

}  // namespace nunchi::pipeline
