// What members and the bot may do, as Discord's bits (Discord docs: topics/permissions).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nunchi::discord::interactions {

using Permissions = std::uint64_t;

namespace permission {
inline constexpr Permissions kAdministrator = Permissions{1} << 3U;
inline constexpr Permissions kManageGuild = Permissions{1} << 5U;
inline constexpr Permissions kAddReactions = Permissions{1} << 6U;
inline constexpr Permissions kViewChannel = Permissions{1} << 10U;
inline constexpr Permissions kSendMessages = Permissions{1} << 11U;
inline constexpr Permissions kReadMessageHistory = Permissions{1} << 16U;
inline constexpr Permissions kSendMessagesInThreads = Permissions{1} << 38U;
}  // namespace permission

/// Nothing when the text is no whole number of 64 bits.
std::optional<Permissions> parse_permissions(std::string_view digits);

/// An administrator may do everything.
bool may(Permissions held, Permissions needed);

/// Whoever may change the bot's settings. Permissions that Discord did not tell are none (I17).
bool is_admin(std::optional<Permissions> held);

}  // namespace nunchi::discord::interactions
