// What "/진단" can tell of the place that it was asked in.
#pragma once

#include <string>
#include <vector>

#include "adapters/chat/message.hpp"
#include "adapters/discord/interactions/interaction.hpp"

namespace nunchi::discord::interactions {

/// A sentence for each. None in a direct message, and where Discord did not tell the bot's permissions.
std::vector<std::string> findings_of(const Interaction& interaction, chat::Locale locale);

}  // namespace nunchi::discord::interactions
