#include "bot/access/entry_key.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <span>
#include <stdexcept>

namespace nunchi::access {
namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMaxKey = 256;

std::string hexadecimal(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

template <std::size_t kCount>
std::string random_hexadecimal() {
    std::array<unsigned char, kCount> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the system gives no random numbers");
    }
    return hexadecimal(bytes);
}

std::string signature(const config::Secret& token, std::string_view claim) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const auto& key = token.reveal();
    std::string bytes(claim);
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(), &size);
    return hexadecimal(std::span(digest).first(size));
}

std::string_view name_of(Purpose purpose) {
    return purpose == Purpose::link ? "link" : "session";
}

/// Cuts the text up to the next dot off `rest`.
std::string_view next_part(std::string_view& rest) {
    const auto dot = rest.find('.');
    const auto part = rest.substr(0, dot);
    rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
    return part;
}

}  // namespace

std::string make_entry_key(const config::Secret& token, Purpose purpose, Clock::time_point expiry) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(expiry.time_since_epoch()).count();
    const std::string claim = std::string(name_of(purpose)) + "." + std::to_string(seconds) + "." +
                              random_hexadecimal<kNonceBytes>();
    return claim + "." + signature(token, claim);
}

std::optional<EntryKey> check_entry_key(const config::Secret& token, Purpose purpose, std::string_view key,
                                        Clock::time_point now) {
    if (token.empty() || key.size() > kMaxKey) return std::nullopt;
    const auto last_dot = key.rfind('.');
    if (last_dot == std::string_view::npos) return std::nullopt;
    const auto claim = key.substr(0, last_dot);
    if (!is_same_secret(config::Secret(signature(token, claim)), key.substr(last_dot + 1)))
        return std::nullopt;

    auto rest = claim;
    if (next_part(rest) != name_of(purpose)) return std::nullopt;
    const auto digits = next_part(rest);
    long long seconds = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    const EntryKey entry{std::string(rest), Clock::time_point(std::chrono::seconds(seconds))};
    return entry.expiry > now ? std::optional(entry) : std::nullopt;
}

config::Secret make_token() {
    return config::Secret(random_hexadecimal<kTokenBytes>());
}

bool is_same_secret(const config::Secret& secret, std::string_view given) {
    const auto& expected = secret.reveal();
    return expected.size() == given.size() && CRYPTO_memcmp(expected.data(), given.data(), given.size()) == 0;
}

}  // namespace nunchi::access
