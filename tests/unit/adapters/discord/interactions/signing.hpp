// Discord's side of the webhook: signs requests.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include "adapters/net/http_message.hpp"

namespace nunchi::discord::interactions {

/// The public key of RFC 8032, section 7.1, TEST 1; the secret one is below.
inline constexpr const char* kPublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

inline std::string sign(const std::string& message) {
    constexpr std::array<unsigned char, 32> kSeed{
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
        0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, kSeed.data(), kSeed.size()), EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::array<unsigned char, 64> signature{};
    std::size_t size = signature.size();
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
    EVP_DigestSign(context.get(), signature.data(), &size,
                   reinterpret_cast<const unsigned char*>(message.data()), message.size());
    std::string hex;
    for (const unsigned char byte : signature) {
        hex += "0123456789abcdef"[byte >> 4U];
        hex += "0123456789abcdef"[byte & 15U];
    }
    return hex;
}

inline std::string seconds_of(std::chrono::system_clock::time_point time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

inline net::Request signed_request(std::string body, std::chrono::system_clock::time_point time) {
    net::Request request;
    request.method = "POST";
    request.path = "/discord/interactions";
    request.body = std::move(body);
    const std::string timestamp = seconds_of(time);
    request.headers.set("X-Signature-Timestamp", timestamp);
    request.headers.set("X-Signature-Ed25519", sign(timestamp + request.body));
    return request;
}

}  // namespace nunchi::discord::interactions
