// A picture in the making.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "charts/label.hpp"
#include "charts/palette.hpp"

namespace nunchi::charts {

/// In pixels; x grows to the right, y downwards.
struct Point {
    double x = 0;
    double y = 0;
};

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

enum class Align { left, centre, right };  // where the given point lies in the text

struct TextStyle {
    double size = 32;  // of the font, in pixels
    Color color = kInk;
    Align align = Align::left;
    bool is_bold = false;
    double max_width = 0;  // a longer text ends in "…"; 0: no limit
};

struct LineStyle {
    Color color = kInk;
    double width = 3;
    bool is_dashed = false;
};

enum class Marker { circle, square, triangle };

class Canvas {
public:
    /// White. Without a Korean font the picture becomes higher by a line that says so, above everything else.
    /// Throws std::bad_alloc.
    Canvas(int width, int height);
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;
    ~Canvas();

    /// Whether Korean texts are drawn, or English ones for want of a font.
    bool has_korean_font() const;
    double width() const;

    /// `place` is the text's vertical centre and, by style.align, its left end, centre or right end.
    void text(Point place, const Label& label, const TextStyle& style);

    void fill(const Box& box, const Color& color);
    void frame(const Box& box, const LineStyle& style);
    void line(std::span<const Point> points, const LineStyle& style);
    void mark(Point place, Marker marker, const Color& color, double radius);

    /// Where the ink of each text lies, in the order in which they were drawn.
    const std::vector<Box>& text_boxes() const;

    /// The bytes of a PNG file.
    std::string png() const;

private:
    struct Drawing;
    std::unique_ptr<Drawing> drawing_;
};

}  // namespace nunchi::charts
