// Which messages are not read at all.
#pragma once

#include <optional>

#include "adapters/chat/message.hpp"
#include "bot/pipeline/observer.hpp"

namespace nunchi::pipeline {

/// Why the message is passed over without being classified: own_message, bot, webhook, system_message, empty
/// or no_hangul, the first that holds. Nothing: read it. Takes bounded time for a text of any length.
std::optional<PassedOver> why_not_read(const chat::Message& message);

}  // namespace nunchi::pipeline
