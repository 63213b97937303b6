// What a change makes of a channel's settings.
#pragma once

#include <variant>

#include "adapters/chat/command.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"

namespace nunchi::commands {

/// Why a change is not made.
enum class Refusal {
    not_admin,         // the platform did not say that the invoker may
    not_in_community,  // a direct message has no settings
    bad_mode,
    bad_confidence,  // neither a number from 0 to 1 nor one of per cent
    bad_tone,
    nothing_given,
};

/// The settings after the change. A channel that is switched on gets `answer_mode`; one that is switched off
/// is read on demand only.
std::variant<store::ChannelSettings, Refusal> changed(store::ChannelSettings settings,
                                                      const chat::ChangeSettings& change,
                                                      pipeline::Mode answer_mode);

/// Nothing: the invoker may change the settings of this place.
std::optional<Refusal> why_not_changed(const chat::Place& place, const chat::Invoker& invoker);

}  // namespace nunchi::commands
