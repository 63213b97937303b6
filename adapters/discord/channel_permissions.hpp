// What the bot may do in a channel (Discord docs: topics/permissions, "Permission Overwrites").
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/discord/interactions/permissions.hpp"

namespace nunchi::discord {

using interactions::Permissions;

/// What the bot needs: to see, write, react, read the history, and answer in threads. The invite link asks
/// for it, and for embedded links.
inline constexpr Permissions kNeeded = 274'877'992'000;

/// Guild, roles and member as Discord's objects, of any content. An owner may do everything.
Permissions guild_permissions(const nlohmann::json& guild, const nlohmann::json& roles,
                              const nlohmann::json& member);

/// After the overwrites of the channel: first those of everyone, then those of the roles, then the member's
/// own.
Permissions channel_permissions(Permissions in_guild, const nlohmann::json& channel, const std::string& guild,
                                const nlohmann::json& member);

/// "Send Messages", as Discord's settings call them, of those that are needed and missing.
std::vector<std::string> missing_names(Permissions held);

}  // namespace nunchi::discord
