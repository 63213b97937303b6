#include "adapters/discord/rest/error.hpp"

#include <string>

namespace nunchi::discord::rest {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.discord.rest"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::unauthorized: return "Discord refused the bot's token";
            case errc::muted: return "the bot lacks a permission there; it asks again later";
            case errc::breaker_open: return "too many requests were refused in the last ten minutes";
            case errc::too_old: return "the call waited too long";
            case errc::queue_full: return "too many calls wait";
            case errc::webhook_ended: return "the interaction's token is no longer valid";
            case errc::bad_route: return "an id of the call is none";
            case errc::refused: return "Discord refused the call";
            case errc::rate_limited: return "the rate limit leaves no room in time";
            case errc::server_error: return "Discord failed";
            case errc::redirected: return "the server redirects, which is not followed; check the base URL";
        }
        return "unknown error of Discord's REST client";
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

}  // namespace nunchi::discord::rest
