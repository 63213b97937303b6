// The top of a picture.
#pragma once

#include <span>

#include "charts/canvas.hpp"

namespace nunchi::charts {

inline constexpr double kMargin = 56;

/// Title and smaller lines below it. Returns the y below them.
double draw_heading(Canvas& canvas, const Label& title, std::span<const Label> lines);

}  // namespace nunchi::charts
