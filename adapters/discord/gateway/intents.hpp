// Which events the bot asks Discord for.
#pragma once

#include <cstdint>
#include <string>

namespace nunchi::discord::gateway {

/// Bits of the table in Discord docs: events/gateway, "List of Intents".
using Intents = std::uint32_t;

namespace intent {
inline constexpr Intents kGuilds = 1U << 0U;
inline constexpr Intents kGuildMembers = 1U << 1U;  // privileged
inline constexpr Intents kPresences = 1U << 8U;     // privileged
inline constexpr Intents kGuildMessages = 1U << 9U;
inline constexpr Intents kGuildMessageReactions = 1U << 10U;
inline constexpr Intents kDirectMessages = 1U << 12U;
inline constexpr Intents kDirectMessageReactions = 1U << 13U;
inline constexpr Intents kMessageContent = 1U << 15U;  // privileged
}  // namespace intent

/// Profile "mention": what is said to the bot. Nothing privileged.
inline constexpr Intents kMentionIntents = intent::kGuilds | intent::kGuildMessages | intent::kDirectMessages;

/// Profile "auto": also the text of everything in the channels.
inline constexpr Intents kAutoIntents = kMentionIntents | intent::kMessageContent;

/// Added to either where reactions count as feedback.
inline constexpr Intents kReactionIntents = intent::kGuildMessageReactions | intent::kDirectMessageReactions;

/// "MESSAGE CONTENT and PRESENCE": as the developer portal calls those that need its consent. Empty when
/// there are none.
std::string privileged_names(Intents intents);

}  // namespace nunchi::discord::gateway
