#include "bot/commands/settings_change.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace nunchi::commands {
namespace {

constexpr std::string_view kInherit = "inherit";

/// "0.5", "50" and "50%" are the same; "1" and "1%" are one percent, "1.0" is all of it.
std::optional<double> confidence_of(std::string_view text) {
    const bool is_percent = text.ends_with('%') || text.find('.') == std::string_view::npos;
    if (text.ends_with('%')) text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    if (is_percent || value > 1) value /= 100;
    return value >= 0 && value <= 1 ? std::optional(value) : std::nullopt;
}

std::optional<Refusal> change_mode(store::ChannelSettings& settings, const std::string& mode) {
    if (mode == kInherit) {
        settings.mode.reset();
    } else if (pipeline::mode_named(mode)) {
        settings.mode = mode;
    } else {
        return Refusal::bad_mode;
    }
    return std::nullopt;
}

std::optional<Refusal> change_tone(store::ChannelSettings& settings, const std::string& tone) {
    if (tone == kInherit) {
        settings.tone.reset();
    } else if (pipeline::tone_named(tone)) {
        settings.tone = tone;
    } else {
        return Refusal::bad_tone;
    }
    return std::nullopt;
}

std::optional<Refusal> change_confidence(store::ChannelSettings& settings, const std::string& text) {
    if (text == kInherit) {
        settings.min_confidence.reset();
        return std::nullopt;
    }
    const auto value = confidence_of(text);
    if (!value) return Refusal::bad_confidence;
    settings.min_confidence = value;
    return std::nullopt;
}

}  // namespace

std::variant<store::ChannelSettings, Refusal> changed(store::ChannelSettings settings,
                                                      const chat::ChangeSettings& change,
                                                      pipeline::Mode answer_mode) {
    if (!change.mode && !change.min_confidence && !change.tone && !change.is_enabled) {
        return Refusal::nothing_given;
    }
    std::optional<Refusal> refusal;
    if (change.mode) refusal = change_mode(settings, *change.mode);
    if (!refusal && change.min_confidence) refusal = change_confidence(settings, *change.min_confidence);
    if (!refusal && change.tone) refusal = change_tone(settings, *change.tone);
    if (refusal) return *refusal;
    if (change.is_enabled) {
        settings.mode = name_of(*change.is_enabled ? answer_mode : pipeline::Mode::on_demand);
    }
    return settings;
}

std::optional<Refusal> why_not_changed(const chat::Place& place, const chat::Invoker& invoker) {
    if (place.community.empty()) return Refusal::not_in_community;
    if (!invoker.is_admin) return Refusal::not_admin;
    return std::nullopt;
}

}  // namespace nunchi::commands
