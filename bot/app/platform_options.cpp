#include "bot/app/platform_options.hpp"

#include <chrono>
#include <cstdint>

namespace nunchi::bot {
namespace {

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

pipeline::Mode mode_of(config::AnswerMode mode) {
    switch (mode) {
        case config::AnswerMode::reply: return pipeline::Mode::reply;
        case config::AnswerMode::reaction: return pipeline::Mode::reaction;
        case config::AnswerMode::silent: return pipeline::Mode::silent;
        case config::AnswerMode::on_demand: return pipeline::Mode::on_demand;
    }
    return pipeline::Mode::reply;
}

}  // namespace

pipeline::Options pipeline_options(const config::BotSettings& settings) {
    pipeline::Options options;
    options.max_in_flight = static_cast<std::size_t>(settings.max_in_flight);
    return options;
}

pipeline::PlatformOptions platform_options(const config::BotSettings& settings) {
    pipeline::PlatformOptions options;
    options.mode = mode_of(settings.mode);
    options.burst_window = milliseconds(settings.burst_window);
    options.user_cooldown = milliseconds(settings.user_cooldown);
    options.channel_cooldown = milliseconds(settings.channel_cooldown);
    options.community_cooldown = milliseconds(settings.community_cooldown);
    options.min_confidence = settings.min_confidence;
    return options;
}

pipeline::PlatformOptions web_options(const config::Settings& settings) {
    auto options = platform_options(settings.bot);
    options.mode = pipeline::Mode::reply;
    options.burst_window = milliseconds(settings.web.burst_window);
    return options;
}

}  // namespace nunchi::bot
