// Settings in the terms of adapters/discord.
#pragma once

#include "adapters/discord/adapter.hpp"
#include "classifier/api/error.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

/// The Failure names the setting that is wrong.
api::outcome<discord::Options> discord_options(const config::DiscordSettings& settings,
                                               const config::NetSettings& net_settings);

}  // namespace nunchi::bot
