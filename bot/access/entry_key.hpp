// How a browser gets past the token of the private listener: a one-time link, then a signed cookie.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/secret.hpp"

namespace nunchi::access {

using Clock = std::chrono::system_clock;

/// What a link or a cookie claims: "<purpose>.<expiry in seconds>.<nonce>.<HMAC-SHA256 of those, by the
/// token>", the last two in hexadecimal. Nothing is stored for it; a new token makes all of them void.
struct EntryKey {
    std::string nonce;  // 32 hexadecimal digits
    Clock::time_point expiry;
};

enum class Purpose {
    link,     // entered once, within minutes
    session,  // the cookie, for days
};

/// A key with a random nonce. Throws std::runtime_error when the system has no random numbers.
std::string make_entry_key(const config::Secret& token, Purpose purpose, Clock::time_point expiry);

/// Nothing when the key was not made with the token for this purpose, or has expired at `now`.
std::optional<EntryKey> check_entry_key(const config::Secret& token, Purpose purpose, std::string_view key,
                                        Clock::time_point now);

/// 32 random bytes in hexadecimal.
config::Secret make_token();

/// Compares in a time that does not depend on where they differ.
bool is_same_secret(const config::Secret& secret, std::string_view given);

}  // namespace nunchi::access
