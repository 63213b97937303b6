// A field between two axes: values to pixels, grid and numbers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "charts/canvas.hpp"

namespace nunchi::charts {

struct Range {
    double low = 0;
    double high = 1;
};

class Axes {
public:
    /// The ranges are not empty.
    Axes(const Box& field, const Range& x, const Range& y) : field_(field), x_(x), y_(y) {}

    Point at(double x, double y) const {
        return {field_.x + (x - x_.low) / (x_.high - x_.low) * field_.width,
                field_.y + field_.height - (y - y_.low) / (y_.high - y_.low) * field_.height};
    }

    using Format = std::function<std::string(double)>;

    /// Lines across the field with their numbers to its left.
    void draw_y(Canvas& canvas, const std::vector<double>& ticks, const Format& format) const;

    /// Numbers below the field.
    void draw_x(Canvas& canvas, const std::vector<double>& ticks, const Format& format) const;

    const Box& field() const { return field_; }

private:
    Box field_;
    Range x_;
    Range y_;
};

/// 0.25 as "25 %".
std::string percent(double share);

/// 38594 as "38,594".
std::string grouped(long long number);

/// Fixed, with so many digits after the point.
std::string fixed(double number, int digits);

}  // namespace nunchi::charts
