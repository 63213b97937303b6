#include "adapters/net/error.hpp"

#include <string>

namespace nunchi::net {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.net"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::bad_url: return "the URL is not of the form scheme://host[:port]/path";
            case errc::plain_not_allowed: return "the host may only be reached over TLS";
            case errc::timed_out: return "the peer did not answer in time";
            case errc::too_large: return "the peer sent more than the limit";
            case errc::bad_response: return "the peer broke the protocol";
            case errc::bad_certificate: return "the peer's certificate is not trusted or is for another host";
            case errc::proxy_refused: return "the proxy did not open the tunnel";
            case errc::upgrade_refused: return "the server refused the WebSocket";
            case errc::closed: return "the peer closed the connection";
            case errc::too_many: return "there is no place left";
            case errc::shutting_down: return "the connection's owner is shutting down";
            case errc::bad_request: return "the method or a header holds what HTTP forbids";
        }
        return "unknown network error";
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

}  // namespace nunchi::net
