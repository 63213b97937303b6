// Answers as Discord's JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "adapters/chat/outgoing.hpp"
#include "adapters/discord/emoji.hpp"

namespace nunchi::discord {

/// "e123": the same for each answer to one message, so that Discord makes it once (R19). At most 21
/// characters.
std::string nonce_of(const chat::MessageRef& to);

/// The body of Create Message: a reply that mentions nobody, with a button that explains it.
nlohmann::json reply_body(const chat::Reply& reply, const EmojiSet& emoji);

/// The body of Edit Message for an answer that stands there already.
nlohmann::json edited_body(const chat::Reply& reply, const EmojiSet& emoji);

/// The answer to a command, a menu or a button.
nlohmann::json command_body(const chat::CommandAnswer& answer, const EmojiSet& emoji);
nlohmann::json explanation_body(const chat::Explanation& explanation);
nlohmann::json notice_body(const chat::Notice& notice);

}  // namespace nunchi::discord
