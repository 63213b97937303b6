// A PNG file's pixels, read by cairo.
#pragma once

#include <cairo.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace nunchi::charts::testing {

class PngPixels {
public:
    explicit PngPixels(const std::string& bytes) : rest_(bytes) {
        surface_.reset(cairo_image_surface_create_from_png_stream(read, this));
    }

    int width() const { return cairo_image_surface_get_width(surface_.get()); }
    int height() const { return cairo_image_surface_get_height(surface_.get()); }

    /// As 0xRRGGBB.
    std::uint32_t at(int x, int y) const {
        const auto* row = cairo_image_surface_get_data(surface_.get()) +
                          static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface_.get());
        return reinterpret_cast<const std::uint32_t*>(row)[x] & 0xFFFFFFU;
    }

private:
    static cairo_status_t read(void* self, unsigned char* data, unsigned length) {
        auto& rest = static_cast<PngPixels*>(self)->rest_;
        if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
        std::copy_n(rest.begin(), length, data);
        rest.remove_prefix(length);
        return CAIRO_STATUS_SUCCESS;
    }

    std::string_view rest_;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_{nullptr,
                                                                                &cairo_surface_destroy};
};

}  // namespace nunchi::charts::testing
