// Settings in the pipeline's terms.
#pragma once

#include "adapters/net/http_client.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

net::ClientOptions client_options(const config::NetSettings& settings);

pipeline::Options pipeline_options(const config::BotSettings& settings);

/// What holds for a platform's channels; the web chat has a burst window of its own.
pipeline::PlatformOptions platform_options(const config::BotSettings& settings);
pipeline::PlatformOptions web_options(const config::Settings& settings);

/// In a new server nothing is read unasked until an admin chose channels.
pipeline::PlatformOptions discord_platform_options(const config::Settings& settings);

/// The same; a channel that an admin switches on gets reactions.
pipeline::PlatformOptions slack_platform_options(const config::Settings& settings);

/// How a channel is answered that an admin switches on.
pipeline::Mode answer_mode(const config::BotSettings& settings);
pipeline::Mode slack_answer_mode(const config::BotSettings& settings);

}  // namespace nunchi::bot
