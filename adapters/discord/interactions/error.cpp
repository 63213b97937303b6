#include "adapters/discord/interactions/error.hpp"

#include <string>

namespace nunchi::discord::interactions {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.discord.interactions"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::unknown_interaction: return "the interaction is not known";
            case errc::not_acknowledged: return "the interaction was not acknowledged in time";
            case errc::expired: return "the interaction is older than 15 minutes";
        }
        return "unknown error of Discord's interactions";
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

}  // namespace nunchi::discord::interactions
