#include "bot/commands/settings_view.hpp"

#include <optional>

namespace nunchi::commands {
namespace {

template <typename T>
Effective<T> effective(std::optional<T> channel, std::optional<T> community, T standard) {
    if (channel) return {*channel, Origin::channel};
    if (community) return {*community, Origin::community};
    return {standard, Origin::standard};
}

std::optional<pipeline::Mode> mode_of(const store::ChannelSettings& settings) {
    return settings.mode ? pipeline::mode_named(*settings.mode) : std::nullopt;
}

std::optional<pipeline::Tone> tone_of(const store::ChannelSettings& settings) {
    return settings.tone ? pipeline::tone_named(*settings.tone) : std::nullopt;
}

}  // namespace

SettingsView view_of(const store::ChannelSettings& channel, const store::ChannelSettings& community,
                     const pipeline::PlatformOptions& standard) {
    return {.mode = effective(mode_of(channel), mode_of(community), standard.mode),
            .min_confidence =
                effective(channel.min_confidence, community.min_confidence, standard.min_confidence),
            .tone = effective(tone_of(channel), tone_of(community), standard.tone)};
}

}  // namespace nunchi::commands
