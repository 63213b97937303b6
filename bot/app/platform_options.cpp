#include "bot/app/platform_options.hpp"

#include <chrono>
#include <cstdint>

#include "config/build_info.hpp"

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

pipeline::Tone tone_of(config::AnswerTone tone) {
    switch (tone) {
        case config::AnswerTone::original: return pipeline::Tone::original;
        case config::AnswerTone::friendly: return pipeline::Tone::friendly;
        case config::AnswerTone::brief: return pipeline::Tone::brief;
    }
    return pipeline::Tone::original;
}

}  // namespace

net::ClientOptions client_options(const config::NetSettings& settings) {
    net::ClientOptions options;
    options.ca_file = settings.ca_file;
    options.proxy = settings.proxy.reveal();
    options.allow_plain = config::list_items(settings.allow_plain);
    // More than a platform's client uses for ordinary calls, so that urgent ones find a free connection.
    options.max_connections_per_host = 32;
    options.user_agent = "Nunchi/" + std::string(config::build_info().version);
    return options;
}

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
    options.tone = tone_of(settings.tone);
    return options;
}

pipeline::PlatformOptions web_options(const config::Settings& settings) {
    auto options = platform_options(settings.bot);
    options.mode = pipeline::Mode::reply;
    options.burst_window = milliseconds(settings.web.burst_window);
    return options;
}

pipeline::PlatformOptions discord_platform_options(const config::Settings& settings) {
    auto options = platform_options(settings.bot);
    options.mode = pipeline::Mode::on_demand;
    return options;
}

pipeline::PlatformOptions slack_platform_options(const config::Settings& settings) {
    return discord_platform_options(settings);
}

pipeline::Mode slack_answer_mode(const config::BotSettings& settings) {
    const auto mode = answer_mode(settings);
    return mode == pipeline::Mode::reply ? pipeline::Mode::reaction : mode;
}

pipeline::Mode answer_mode(const config::BotSettings& settings) {
    const auto mode = mode_of(settings.mode);
    return mode == pipeline::Mode::on_demand ? pipeline::Mode::reply : mode;
}

}  // namespace nunchi::bot
