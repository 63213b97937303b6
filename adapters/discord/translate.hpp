// MESSAGE_CREATE and MESSAGE_UPDATE as the core's Message.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "adapters/chat/message.hpp"

namespace nunchi::discord {

/// Which messages the bot is let see.
enum class Profile {
    mention,    // mentions, replies to the bot and direct messages; no privileged intent
    automatic,  // all of the channels that an admin chose; needs the intent Message Content
};

/// Why a message does not go to the core.
enum class Unread {
    malformed,      // no id, channel or author
    not_addressed,  // profile mention, and nobody spoke to the bot (D6)
    other_shard,    // of a guild that another shard reads (D11)
};

struct Translated {
    std::optional<chat::Message> message;
    Unread unread = Unread::malformed;  // when there is no message
    /// A person wrote in a server, nobody spoke to the bot, and text, attachments and all are empty: the sign
    /// of a missing intent (G44).
    bool is_blank = false;
    /// The same with a text, which only the intent lets through (G43: our own messages always come with
    /// theirs).
    bool proves_intent = false;
};

/// The place's channel is the channel_id; threads are the caller's to resolve. The data may be of any
/// content.
Translated message_of(const nlohmann::json& data, const std::string& self_id, Profile profile, int shard,
                      int shard_count);

}  // namespace nunchi::discord
