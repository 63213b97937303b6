// Ed25519 signatures of the webhook's requests (I24, RFC 8032).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace nunchi::discord::interactions {

class Verifier {
public:
    /// Of the application's public key, 64 hexadecimal digits. Nothing when it is none.
    static std::optional<Verifier> create(std::string_view public_key);

    /// Whether `signature` (hexadecimal) is that of `timestamp` followed by `body`. Any text may be given.
    bool verify(std::string_view timestamp, std::string_view body, std::string_view signature) const;

private:
    using Key = std::array<unsigned char, 32>;

    explicit Verifier(const Key& key) : key_(key) {}

    Key key_;
};

/// Whether the header's timestamp, seconds since 1970, is within five minutes of `now` (I28).
bool is_fresh(std::string_view timestamp, std::chrono::system_clock::time_point now);

}  // namespace nunchi::discord::interactions
