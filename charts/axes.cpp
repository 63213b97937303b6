#include "charts/axes.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace nunchi::charts {

void Axes::draw_y(Canvas& canvas, const std::vector<double>& ticks, const Format& format) const {
    for (const double value : ticks) {
        const double y = at(x_.low, value).y;
        canvas.line(std::array{Point{field_.x, y}, Point{field_.x + field_.width, y}},
                    {.color = kGrid, .width = 2});
        canvas.text({field_.x - 16, y}, Label(format(value)),
                    {.size = 30, .color = kFaintInk, .align = Align::right});
    }
}

void Axes::draw_x(Canvas& canvas, const std::vector<double>& ticks, const Format& format) const {
    for (const double value : ticks) {
        canvas.text({at(value, y_.low).x, field_.y + field_.height + 34}, Label(format(value)),
                    {.size = 30, .color = kFaintInk, .align = Align::centre});
    }
}

std::string percent(double share) {
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string grouped(long long number) {
    auto digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t place = digits.size(); place > sign + 3;) {
        place -= 3;
        digits.insert(place, ",");
    }
    return digits;
}

std::string fixed(double number, int digits) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, number);
    return buffer.data();
}

}  // namespace nunchi::charts
