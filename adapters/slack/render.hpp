// Slack's JSON of what the core wants to say. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "adapters/chat/outgoing.hpp"
#include "adapters/slack/emoji.hpp"

namespace nunchi::slack {

/// As it may stand in a message: & < > are escaped, and **bold** becomes *bold* (W6).
std::string mrkdwn(std::string_view text);

/// "text" and "blocks" of an answer in words, with the three most probable emotions in small letters. Longer
/// texts are cut at Slack's limits.
nlohmann::json answer_body(std::string_view text, const chat::Reading& reading, const EmojiNames& emoji);
nlohmann::json command_body(const chat::CommandAnswer& answer, const EmojiNames& emoji);

/// The Home tab: `settings` as the core words them, and what the bot keeps.
nlohmann::json home_view(std::string_view settings, chat::Locale locale);

}  // namespace nunchi::slack
