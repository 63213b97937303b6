#include "adapters/web/error.hpp"

#include <string>

namespace nunchi::web {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.web"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::too_large: return "the frame is longer than the web chat's protocol allows";
            case errc::malformed: return "the frame is none of the web chat's messages";
            case errc::wrong_version: return "the page speaks another version of the web chat's protocol";
        }
        return "unknown web chat error";
    }
};
#pragma GCC diagnostic pop

}  // namespace

const boost::system::error_category& error_category() {
    static const Category category;
    return category;
}

boost::system::error_code make_error_code(errc code) {
    return {static_cast<int>(code), error_category()};
}

}  // namespace nunchi::web
