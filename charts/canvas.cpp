#include "charts/canvas.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <new>
#include <numbers>

namespace nunchi::charts {
namespace {

constexpr const char* kFonts = "NanumBarunGothic, NanumGothic, Noto Sans CJK KR, Noto Sans KR, sans-serif";
constexpr const char* kSample = "공포놀람분노슬픔중립행복혐오";
constexpr const char* kNoFont = "No Korean font: install fonts-nanum. Labels are in English.";
constexpr double kBannerHeight = 72;

struct Unreference {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

template <typename Handle>
using Owned = std::unique_ptr<Handle, Unreference>;

Owned<PangoLayout> layout_of(cairo_t* context, const std::string& text, const TextStyle& style) {
    Owned<PangoLayout> layout(pango_cairo_create_layout(context));
    const Owned<PangoFontDescription> font(pango_font_description_from_string(kFonts));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.is_bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_single_paragraph_mode(layout.get(), 1);
    if (style.max_width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(style.max_width * PANGO_SCALE));
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
    return layout;
}

bool can_draw_korean(cairo_t* context) {
    return pango_layout_get_unknown_glyphs_count(layout_of(context, kSample, {}).get()) == 0;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): cairo's bytes are unsigned
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Canvas::Drawing {
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> context;
    double width = 0;
    bool has_korean_font = true;
    std::vector<Box> text_boxes;

    Drawing(int columns, int rows)
        : surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows)),
          context(cairo_create(surface.get())),
          width(columns) {
        if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
        set(kPaper);
        cairo_paint(context.get());
    }

    void set(const Color& color) const {
        cairo_set_source_rgb(context.get(), color.red, color.green, color.blue);
    }

    void set(const LineStyle& style) const {
        constexpr std::array kDashes{14.0, 10.0};
        set(style.color);
        cairo_set_line_width(context.get(), style.width);
        cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(context.get(), kDashes.data(), style.is_dashed ? kDashes.size() : 0, 0);
    }
};

Canvas::Canvas(int width, int height) : drawing_(std::make_unique<Drawing>(width, height)) {
    if (can_draw_korean(drawing_->context.get())) return;
    drawing_ = std::make_unique<Drawing>(width, height + static_cast<int>(kBannerHeight));
    drawing_->has_korean_font = false;
    fill({0, 0, static_cast<double>(width), kBannerHeight}, kWarning);
    text({40, kBannerHeight / 2}, Label(kNoFont), {.size = 26, .max_width = width - 80.0});
    cairo_translate(drawing_->context.get(), 0, kBannerHeight);
}

Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

bool Canvas::has_korean_font() const {
    return drawing_->has_korean_font;
}

double Canvas::width() const {
    return drawing_->width;
}

void Canvas::text(Point place, const Label& label, const TextStyle& style) {
    auto* context = drawing_->context.get();
    const auto layout = layout_of(context, drawing_->has_korean_font ? label.korean : label.english, style);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_pixel_extents(layout.get(), &ink, &logical);
    const double share = style.align == Align::left ? 0 : style.align == Align::centre ? 0.5 : 1;
    const Point corner{std::round(place.x - logical.x - share * logical.width),
                       std::round(place.y - logical.height / 2.0)};
    drawing_->set(style.color);
    cairo_move_to(context, corner.x, corner.y);
    pango_cairo_show_layout(context, layout.get());

    Point on_picture{corner.x + ink.x, corner.y + ink.y};
    cairo_user_to_device(context, &on_picture.x, &on_picture.y);
    drawing_->text_boxes.push_back(
        {on_picture.x, on_picture.y, static_cast<double>(ink.width), static_cast<double>(ink.height)});
}

void Canvas::fill(const Box& box, const Color& color) {
    drawing_->set(color);
    cairo_new_path(drawing_->context.get());
    cairo_rectangle(drawing_->context.get(), box.x, box.y, box.width, box.height);
    cairo_fill(drawing_->context.get());
}

void Canvas::frame(const Box& box, const LineStyle& style) {
    drawing_->set(style);
    cairo_new_path(drawing_->context.get());
    cairo_rectangle(drawing_->context.get(), box.x, box.y, box.width, box.height);
    cairo_stroke(drawing_->context.get());
}

void Canvas::line(std::span<const Point> points, const LineStyle& style) {
    drawing_->set(style);
    // Behind a text cairo has a current point, from which a line would start.
    cairo_new_path(drawing_->context.get());
    for (const auto& point : points) cairo_line_to(drawing_->context.get(), point.x, point.y);
    cairo_stroke(drawing_->context.get());
}

void Canvas::mark(Point place, Marker marker, const Color& color, double radius) {
    auto* context = drawing_->context.get();
    cairo_new_path(context);
    if (marker == Marker::circle) {
        cairo_arc(context, place.x, place.y, radius, 0, 2 * std::numbers::pi);
    } else if (marker == Marker::square) {
        cairo_rectangle(context, place.x - 0.9 * radius, place.y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
    } else {
        cairo_move_to(context, place.x, place.y - 1.2 * radius);
        cairo_line_to(context, place.x + 1.1 * radius, place.y + 0.8 * radius);
        cairo_line_to(context, place.x - 1.1 * radius, place.y + 0.8 * radius);
        cairo_close_path(context);
    }
    // A rim of paper keeps marks apart that touch.
    drawing_->set(color);
    cairo_fill_preserve(context);
    drawing_->set(LineStyle{.color = kPaper, .width = 2});
    cairo_stroke(context);
}

const std::vector<Box>& Canvas::text_boxes() const {
    return drawing_->text_boxes;
}

std::string Canvas::png() const {
    std::string bytes;
    if (cairo_surface_write_to_png_stream(drawing_->surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
        throw std::bad_alloc();
    return bytes;
}

}  // namespace nunchi::charts
