#include "charts/heading.hpp"

namespace nunchi::charts {

double draw_heading(Canvas& canvas, const Label& title, std::span<const Label> lines) {
    const double width = canvas.width() - 2 * kMargin;
    double y = 84;
    canvas.text({kMargin, y}, title, {.size = 56, .is_bold = true, .max_width = width});
    y += 66;
    for (const auto& line : lines) {
        canvas.text({kMargin, y}, line, {.size = 34, .color = kFaintInk, .max_width = width});
        y += 50;
    }
    return y;
}

}  // namespace nunchi::charts
