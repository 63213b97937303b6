// Settings in the pipeline's terms.
#pragma once

#include "bot/pipeline/pipeline.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

pipeline::Options pipeline_options(const config::BotSettings& settings);

/// What holds for a platform's channels; the web chat has a burst window of its own.
pipeline::PlatformOptions platform_options(const config::BotSettings& settings);
pipeline::PlatformOptions web_options(const config::Settings& settings);

}  // namespace nunchi::bot
