// From the stored numbers of an answer to what the adapter sends. The same for the first time and for a
// repetition after a restart.
#pragma once

#include <chrono>
#include <optional>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/outgoing.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/store/store.hpp"

namespace nunchi::pipeline {

/// A Reply or a Reaction by the effect's kind.
chat::Outgoing answer_of(const store::Effect& effect, std::chrono::microseconds elapsed);

/// Whether sending the kind twice shows it once.
bool is_repeatable(store::EffectKind kind, const chat::Capabilities& capabilities);

/// What an adapter that shows notices tells its reader; nothing for what nobody expects an answer to.
std::optional<chat::Notice> notice_for(PassedOver reason, const chat::MessageRef& to, chat::Locale locale);

}  // namespace nunchi::pipeline
