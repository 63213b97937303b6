// Whether a request is Slack's, and what it brings.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "adapters/net/http_message.hpp"
#include "adapters/slack/events/delivery.hpp"
#include "adapters/slack/events/signature.hpp"

namespace nunchi::slack::events {

struct Rules {
    std::string app_id;  // "A123"; empty: any
    std::size_t max_body_bytes = 1024 * 1024;
};

/// Why a request is answered here and handed on to nobody.
enum class Reason : std::uint8_t {
    ssl_check,         // Slack looks at the certificate: 200, the rest of the body is ignored (H5)
    url_verification,  // 200 with the challenge (H6)
    events_limited,    // app_rate_limited: 200 (H13)
    unknown_type,      // signed and whole, but of no kind that is known: 200, so that it does not come again
    not_signed,        // 401, also when the signature is not of now (H2, H4)
    too_large,         // 413 (H15)
    unknown_media_type,  // 415, and it need not come again
    unreadable,          // 400, and it need not come again (H10)
    foreign_app,         // of another app (H16): 403, and it need not come again
};

inline constexpr std::size_t kReasonCount = static_cast<std::size_t>(Reason::foreign_app) + 1;

struct Settled {
    Reason reason = Reason::not_signed;
    net::Response response;
};

/// Pure. Nothing is parsed before the signature was verified (H1).
std::variant<Delivery, Settled> examine(const net::Request& request, Verifier& verifier, const Rules& rules,
                                        std::chrono::system_clock::time_point now);

}  // namespace nunchi::slack::events
