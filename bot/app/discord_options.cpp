#include "bot/app/discord_options.hpp"

#include <spdlog/fmt/fmt.h>

#include <chrono>
#include <cstdint>
#include <utility>
#include <variant>

#include "adapters/discord/interactions/signature.hpp"
#include "bot/app/platform_url.hpp"
#include "config/build_info.hpp"

namespace nunchi::bot {
namespace {

using config::DiscordSettings;

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

/// The form that Discord asks for (R2).
std::string user_agent(const DiscordSettings& settings) {
    if (!settings.user_agent.empty()) return settings.user_agent;
    return fmt::format("DiscordBot (https://github.com/nunchi-bot/nunchi, {})", config::build_info().version);
}

discord::gateway::Compression compression_of(config::DiscordCompression compression) {
    switch (compression) {
        case config::DiscordCompression::none: return discord::gateway::Compression::none;
        case config::DiscordCompression::zlib_stream: return discord::gateway::Compression::zlib_stream;
        case config::DiscordCompression::zstd_stream: break;
    }
    return discord::gateway::Compression::zstd_stream;
}

discord::rest::Options rest_options(const DiscordSettings& settings) {
    discord::rest::Options options;
    options.base_url = settings.rest_base_url;
    options.token = settings.token;
    options.user_agent = user_agent(settings);
    options.request_timeout = milliseconds(settings.request_timeout);
    options.global_per_second = static_cast<std::size_t>(settings.requests_per_second);
    options.mute_time = milliseconds(settings.mute_time);
    options.max_queued = 4000;
    options.max_queued_per_bucket =
        1000;                    // a busy channel's burst; what waits too long is dropped by its age
    options.max_in_flight = 24;  // at 200 ms a request, more than the global limit of 50 a second
    return options;
}

discord::gateway::Options gateway_options(const DiscordSettings& settings) {
    discord::gateway::Options options;
    options.token = settings.token;
    options.intents = settings.profile == config::DiscordProfile::automatic
                          ? discord::gateway::kAutoIntents
                          : discord::gateway::kMentionIntents;
    options.user_agent = user_agent(settings);
    options.gateway_url = settings.gateway_url;
    options.compression = compression_of(settings.compression);
    options.shards = settings.shards;
    options.connect_timeout = milliseconds(settings.connect_timeout);
    options.hello_timeout = milliseconds(settings.hello_timeout);
    options.ready_timeout = milliseconds(settings.ready_timeout);
    options.resume_cap = settings.resume_attempts;
    options.backoff_max = milliseconds(settings.backoff_max);
    options.identifies_per_day = static_cast<std::size_t>(settings.identify_ceiling);
    options.max_message_bytes = static_cast<std::size_t>(settings.max_message_bytes);
    return options;
}

api::Failure wrong(const std::string& key, const std::string& what) {
    return api::failure(api::errc::bad_format, "discord." + key + ": " + what);
}

}  // namespace

api::outcome<discord::Options> discord_options(const DiscordSettings& settings,
                                               const config::NetSettings& net_settings) {
    discord::Options options;
    auto emoji = discord::EmojiSet::parse(settings.emoji);
    if (const auto* problem = std::get_if<std::string>(&emoji)) return wrong("emoji", *problem);
    options.emoji = std::get<discord::EmojiSet>(std::move(emoji));
    if (auto checked = check_platform_url("discord.rest_base_url", settings.rest_base_url,
                                          "https://discord.com/api/v10", net_settings);
        !checked) {
        return checked.error();
    }
    if (!settings.gateway_url.empty()) {
        if (auto checked = check_platform_url("discord.gateway_url", settings.gateway_url,
                                              "wss://gateway.discord.gg", net_settings);
            !checked) {
            return checked.error();
        }
    }
    if (settings.interactions == config::DiscordInteractions::http) {
        if (!discord::interactions::Verifier::create(settings.public_key)) {
            return wrong(
                "public_key",
                "expected 64 hexadecimal digits, from General Information in Discord's developer portal");
        }
        options.interactions.public_key = settings.public_key;
    }
    options.profile = settings.profile == config::DiscordProfile::automatic ? discord::Profile::automatic
                                                                            : discord::Profile::mention;
    options.rest = rest_options(settings);
    options.gateway = gateway_options(settings);
    options.catch_up = settings.catch_up;
    options.reply_max_age = milliseconds(settings.request_max_age);
    return options;
}

}  // namespace nunchi::bot
