// The signatures of Slack's requests (H1): HMAC-SHA256 over "v0:timestamp:body".
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "config/secret.hpp"

namespace nunchi::slack::events {

/// Move-only; used on one thread.
class Verifier {
public:
    /// Nothing for an empty secret: everybody could sign with it (H3).
    static std::optional<Verifier> create(const config::Secret& signing_secret);

    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;
    ~Verifier();

    /// Whether `signature` is "v0=" and 64 lower-case hexadecimal digits, those of this timestamp and body.
    /// Any text may be given. Compares in constant time.
    bool verify(std::string_view timestamp, std::string_view body, std::string_view signature);

private:
    struct Mac;

    explicit Verifier(std::unique_ptr<Mac> mac);

    std::unique_ptr<Mac> mac_;
};

/// Whether the header's timestamp, seconds since 1970, is at most 300 s from `now`, on either side (H2).
bool is_fresh(std::string_view timestamp, std::chrono::system_clock::time_point now);

}  // namespace nunchi::slack::events
