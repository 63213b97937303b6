#include "adapters/discord/gateway/error.hpp"

#include <string>

namespace nunchi::discord::gateway {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.discord.gateway"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::malformed: return "the gateway's message is no payload";
            case errc::damaged: return "the gateway's compressed stream is damaged";
            case errc::too_large: return "the gateway's message is larger than the limit";
            case errc::bad_url: return "not a gateway URL: ws:// or wss://, a host, no query";
        }
        return "unknown gateway error";
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

}  // namespace nunchi::discord::gateway
