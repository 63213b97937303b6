// The calls of Discord's REST API that are used, each with its address and what its rate limit depends on.
#pragma once

#include <chrono>
#include <string_view>

#include "adapters/discord/rest/route.hpp"

namespace nunchi::discord::rest {

// An id is 1 to 20 digits, a token or emoji anything but empty; both are percent-encoded. From anything else
// comes a route with an empty path, which the client refuses (errc::bad_route). Results are Discord's
// objects.

Route gateway_bot();
Route current_user();
Route current_application();
/// In the order of their ids, from behind `after` (empty: from the first); at most 200 at once.
Route current_guilds(std::string_view after = {}, int limit = 200);

Route guild(std::string_view guild);
Route guild_channels(std::string_view guild);
Route guild_roles(std::string_view guild);
Route guild_member(std::string_view guild, std::string_view user);

Route channel(std::string_view channel);
/// From behind `after` (empty: the latest); at most 100 at once.
Route channel_messages(std::string_view channel, std::string_view after, int limit);
/// GET; other methods give no route: see edit_message and delete_message.
Route message(std::string_view method, std::string_view channel, std::string_view message);
Route create_message(std::string_view channel);
Route edit_message(std::string_view channel, std::string_view message);
/// What is older than 14 days is limited apart from the rest (R9), hence the time.
Route delete_message(std::string_view channel, std::string_view message,
                     std::chrono::system_clock::time_point now);
/// The emoji is the character itself in UTF-8, or name:id of a guild's own (R22).
Route put_reaction(std::string_view channel, std::string_view message, std::string_view emoji);
Route delete_own_reaction(std::string_view channel, std::string_view message, std::string_view emoji);

// These carry the interaction's token and belong in Lane::interaction.

Route interaction_callback(std::string_view interaction, std::string_view token);
/// GET, PATCH or DELETE of the first response.
Route original_response(std::string_view method, std::string_view application, std::string_view token);
Route follow_up(std::string_view application, std::string_view token);

/// GET or PUT.
Route global_commands(std::string_view method, std::string_view application);

/// Whether the route is one of /reactions/, all of which share one limit per channel (R8).
bool is_reaction(const Route& route);

}  // namespace nunchi::discord::rest
