// What somebody wrote.
#pragma once

#include <chrono>
#include <string>

#include "adapters/chat/ids.hpp"

namespace nunchi::chat {

enum class Locale { korean, english };

struct Author {
    std::string id;
    bool is_self = false;  // this bot
    bool is_bot = false;   // another bot
};

enum class MessageKind {
    ordinary,  // written by the author
    system,    // made by the platform: somebody joined, a pin, a call
    webhook,   // posted by an integration
};

struct Message {
    MessageRef ref;
    Author author;
    MessageKind kind = MessageKind::ordinary;
    std::string text;  // UTF-8 of any content
    Locale locale = Locale::korean;
    bool is_addressed = false;  // a mention of the bot, a reply to it, or a direct message: always answered
    std::chrono::steady_clock::time_point received{};
};

}  // namespace nunchi::chat
