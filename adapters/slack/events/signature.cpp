#include "adapters/slack/events/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

namespace nunchi::slack::events {
namespace {

constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kMaxTimestampDigits = 12;
constexpr std::int64_t kWindowSeconds = 300;

struct Release {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

std::string hex_of(const std::array<unsigned char, kDigestSize>& bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned char byte : bytes) {
        text += kDigits[byte / 16U];
        text += kDigits[byte % 16U];
    }
    return text;
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

/// Keyed once: a request costs no more than its hash.
struct Verifier::Mac {
    std::unique_ptr<EVP_MAC_CTX, Release> context;

    bool key(std::string_view secret) {
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                         OSSL_PARAM_construct_end()};
        return EVP_MAC_init(context.get(), bytes_of(secret), secret.size(), parameters) == 1;
    }

    bool update(std::string_view text) {
        return EVP_MAC_update(context.get(), bytes_of(text), text.size()) == 1;
    }

    std::optional<std::string> signature_of(std::string_view timestamp, std::string_view body) {
        // Without a key: begins anew with the one it has.
        if (EVP_MAC_init(context.get(), nullptr, 0, nullptr) != 1) return std::nullopt;
        if (!update("v0:") || !update(timestamp) || !update(":") || !update(body)) return std::nullopt;
        std::array<unsigned char, kDigestSize> digest{};
        std::size_t size = 0;
        const bool is_done = EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1;
        return is_done && size == digest.size() ? std::optional("v0=" + hex_of(digest)) : std::nullopt;
    }
};

Verifier::Verifier(std::unique_ptr<Mac> mac) : mac_(std::move(mac)) {}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

std::optional<Verifier> Verifier::create(const config::Secret& signing_secret) {
    if (signing_secret.empty()) return std::nullopt;
    const std::unique_ptr<EVP_MAC, Release> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    auto mac = std::make_unique<Mac>();
    mac->context.reset(EVP_MAC_CTX_new(algorithm.get()));
    if (!mac->context || !mac->key(signing_secret.reveal())) return std::nullopt;
    return Verifier(std::move(mac));
}

bool Verifier::verify(std::string_view timestamp, std::string_view body, std::string_view signature) {
    const auto expected = mac_->signature_of(timestamp, body);
    return expected && expected->size() == signature.size() &&
           CRYPTO_memcmp(expected->data(), signature.data(), signature.size()) == 0;
}

bool is_fresh(std::string_view timestamp, std::chrono::system_clock::time_point now) {
    const bool is_number = !timestamp.empty() && timestamp.size() <= kMaxTimestampDigits &&
                           timestamp.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_number) return false;
    std::int64_t seconds = 0;
    std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    const auto now_seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    return seconds >= now_seconds - kWindowSeconds && seconds <= now_seconds + kWindowSeconds;
}

}  // namespace nunchi::slack::events
