// What an interaction asks of the bot.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "adapters/chat/command.hpp"
#include "adapters/discord/interactions/interaction.hpp"

namespace nunchi::discord::interactions {

/// "왜?" under an answer: which words of this message weighed most.
struct Why {
    std::string message;
};

/// What is answered with a sentence at once.
enum class Objection {
    unknown,      // no command or button that there is now; or forged
    bot_message,  // a menu on a message by a bot or webhook
    no_text,      // a menu on a message without text, or whose text Discord did not send (D13)
};

using Demand = std::variant<chat::Command, Why, Objection>;

/// Pure. Values are handed on as they came; the core checks them.
Demand demand_of(const Interaction& interaction, chat::Locale locale);

/// Who asks, with their rights as Discord told them (I17).
chat::Invoker invoker_of(const Interaction& interaction);

/// "ko" and "en-…"; `other` for anything else.
chat::Locale locale_of(std::string_view locale, chat::Locale other);

}  // namespace nunchi::discord::interactions
