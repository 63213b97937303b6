// Settings in the terms of adapters/slack.
#pragma once

#include "adapters/slack/adapter.hpp"
#include "bot/commands/phrases.hpp"
#include "classifier/api/error.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

/// The Failure names the setting that is wrong.
api::outcome<slack::Options> slack_options(const config::SlackSettings& settings,
                                           const config::NetSettings& net_settings);

/// What people call things there.
commands::Words slack_words();

}  // namespace nunchi::bot
