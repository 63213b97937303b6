#include <array>
#include <utility>

#include "bot/pipeline/pipeline.hpp"

namespace nunchi::pipeline {
namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 4> kModes{{{Mode::reply, "reply"},
                                                                   {Mode::reaction, "reaction"},
                                                                   {Mode::silent, "silent"},
                                                                   {Mode::on_demand, "on-demand"}}};

constexpr std::array<std::pair<Tone, std::string_view>, 3> kTones{
    {{Tone::original, "original"}, {Tone::friendly, "friendly"}, {Tone::brief, "short"}}};

}  // namespace

std::string_view name_of(Tone tone) {
    for (const auto& [value, name] : kTones) {
        if (value == tone) return name;
    }
    return "unknown";
}

std::optional<Tone> tone_named(std::string_view name) {
    for (const auto& [value, known] : kTones) {
        if (known == name) return value;
    }
    return std::nullopt;
}

std::string_view name_of(Mode mode) {
    for (const auto& [value, name] : kModes) {
        if (value == mode) return name;
    }
    return "unknown";
}

std::optional<Mode> mode_named(std::string_view name) {
    for (const auto& [value, known] : kModes) {
        if (known == name) return value;
    }
    return std::nullopt;
}

}  // namespace nunchi::pipeline
