// What commands and buttons are called, and what this folder itself says to people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/chat/message.hpp"

namespace nunchi::discord::interactions {

// Answers.
std::string_view unknown_command_text(chat::Locale locale);
std::string_view bot_message_text(chat::Locale locale);
std::string_view no_text_text(chat::Locale locale);
std::string_view message_gone_text(chat::Locale locale);
std::string_view cannot_read_text(chat::Locale locale);
std::string_view stopping_text(chat::Locale locale);

// Findings of "/진단".
std::string_view may_everything_text(chat::Locale locale);
/// The names of rights as Discord shows them.
std::string missing_rights_text(const std::vector<std::string_view>& rights, chat::Locale locale);

enum class Right { view_channel, send_messages, send_in_threads, read_history, add_reactions };
std::string_view name_of(Right right, chat::Locale locale);

}  // namespace nunchi::discord::interactions
