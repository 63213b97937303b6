// What a payload of the Events API tells, in the core's terms. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "adapters/chat/message.hpp"
#include "adapters/slack/identity.hpp"

namespace nunchi::slack {

struct MessageWritten {
    chat::Message message;
};

/// The text of a message was changed by its author (E4).
struct MessageRewritten {
    chat::Message message;
};

struct MessageGone {
    std::string channel;
    std::string message;
};

/// Somebody brought the bot into a channel.
struct BotInvited {
    std::string channel;
    std::string inviter;
};

struct HomeOpened {
    std::string user;
};

/// The app was taken out of the workspace, or its token was revoked (O5).
struct Uninstalled {};

/// Slack holds back events of this app (H13).
struct EventsLimited {};

/// Nothing for this bot: bots, edits of links, subtypes that people do not write (E1 to E7).
struct NothingToDo {};

using Happening = std::variant<MessageWritten, MessageRewritten, MessageGone, BotInvited, HomeOpened,
                               Uninstalled, EventsLimited, NothingToDo>;

/// Of an "event_callback" or "app_rate_limited" of any content.
Happening happening_of(const nlohmann::json& envelope, const Identity& self);

}  // namespace nunchi::slack
