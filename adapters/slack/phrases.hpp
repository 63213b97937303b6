// What the Slack adapter says by itself, in Korean and in English.
#pragma once

#include <string>

#include "adapters/chat/message.hpp"
#include "adapters/slack/command_text.hpp"

namespace nunchi::slack {

std::string help_text(chat::Locale locale);
std::string not_understood_text(NotUnderstood::Part part, chat::Locale locale);

/// For whoever invited the bot into a channel (C11).
std::string welcome_text(chat::Locale locale);

/// For /진단: the bot is not in the channel.
std::string not_a_member_text(chat::Locale locale);

/// What the bot keeps and does not keep, for the Home tab.
std::string privacy_text(chat::Locale locale);

std::string home_title(chat::Locale locale);

}  // namespace nunchi::slack
