#include "adapters/slack/web_api/error.hpp"

#include <string>

namespace nunchi::slack::web_api {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.slack.web_api"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::silenced: return "Slack refused the workspace's token";
            case errc::method_stopped: return "a scope or permission is missing; it is tried again later";
            case errc::too_old: return "the call waited too long";
            case errc::queue_full: return "too many calls wait";
            case errc::pushed_out: return "newer calls took its place";
            case errc::bad_call: return "the call's arguments or URL are none";
            case errc::refused: return "Slack refused the call";
            case errc::rate_limited: return "the rate limit leaves no room in time";
            case errc::server_error: return "Slack failed";
            case errc::outcome_unknown: return "whether Slack did it is unknown; it is not sent again";
            case errc::redirected: return "the server redirects, which is not followed; check the base URL";
        }
        return "unknown error of Slack's Web API client";
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

}  // namespace nunchi::slack::web_api
