// Colours that people with any kind of colour vision tell apart.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace nunchi::charts {

struct Color {
    double red = 0;
    double green = 0;
    double blue = 0;
};

constexpr Color rgb(unsigned hex) {
    return {static_cast<double>(hex >> 16U & 0xFFU) / 255, static_cast<double>(hex >> 8U & 0xFFU) / 255,
            static_cast<double>(hex & 0xFFU) / 255};
}

inline constexpr Color kPaper = rgb(0xFFFFFF);
inline constexpr Color kInk = rgb(0x1F2430);
inline constexpr Color kFaintInk = rgb(0x5B6270);  // 6:1 on white
inline constexpr Color kGrid = rgb(0xE3E6EB);
inline constexpr Color kWarning = rgb(0xFFE8B3);

// Source: Okabe and Ito, "Color Universal Design", 2008.
inline constexpr Color kBlue = rgb(0x0072B2);
inline constexpr Color kVermilion = rgb(0xD55E00);
inline constexpr Color kGreen = rgb(0x009E73);

/// From nearly white (0) to dark blue (1); lightness falls all the way. Source: ColorBrewer's "Blues".
inline Color blues(double share) {
    constexpr std::array kStops{rgb(0xF7FBFF), rgb(0xDEEBF7), rgb(0xC6DBEF), rgb(0x9ECAE1), rgb(0x6BAED6),
                                rgb(0x4292C6), rgb(0x2171B5), rgb(0x08519C), rgb(0x08306B)};
    const double place = std::clamp(share, 0.0, 1.0) * (kStops.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
    const double part = place - static_cast<double>(below);
    const auto& from = kStops[below];
    const auto& to = kStops[below + 1];
    return {std::lerp(from.red, to.red, part), std::lerp(from.green, to.green, part),
            std::lerp(from.blue, to.blue, part)};
}

/// Ink or paper, whichever is easier to read on the colour.
inline Color readable_on(const Color& color) {
    const double luminance = 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
    return luminance > 0.5 ? kInk : kPaper;
}

}  // namespace nunchi::charts
