#include "adapters/discord/interactions/signature.hpp"

#include <openssl/evp.h>

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>

namespace nunchi::discord::interactions {
namespace {

constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kMaxTimestampDigits = 12;
constexpr std::chrono::minutes kWindow{5};

int value_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

template <std::size_t Size>
std::optional<std::array<unsigned char, Size>> from_hex(std::string_view text) {
    if (text.size() != 2 * Size) return std::nullopt;
    std::array<unsigned char, Size> bytes{};
    for (std::size_t i = 0; i < Size; ++i) {
        const int high = value_of(text[2 * i]);
        const int low = value_of(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return bytes;
}

struct Release {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

std::optional<Verifier> Verifier::create(std::string_view public_key) {
    const auto key = from_hex<32>(public_key);
    return key ? std::optional(Verifier(*key)) : std::nullopt;
}

bool Verifier::verify(std::string_view timestamp, std::string_view body, std::string_view signature) const {
    const auto bytes = from_hex<kSignatureSize>(signature);
    if (!bytes) return false;
    const std::unique_ptr<EVP_PKEY, Release> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_.data(), key_.size()));
    const std::unique_ptr<EVP_MD_CTX, Release> context(EVP_MD_CTX_new());
    if (!key || !context) return false;
    if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
    std::string signed_text(timestamp);
    signed_text.append(body);
    return EVP_DigestVerify(context.get(), bytes->data(), bytes->size(),
                            reinterpret_cast<const unsigned char*>(signed_text.data()),
                            signed_text.size()) == 1;
}

bool is_fresh(std::string_view timestamp, std::chrono::system_clock::time_point now) {
    const bool is_number = !timestamp.empty() && timestamp.size() <= kMaxTimestampDigits &&
                           timestamp.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_number) return false;
    std::int64_t seconds = 0;
    std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    const auto now_seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const auto window = std::chrono::seconds(kWindow).count();
    return seconds >= now_seconds - window && seconds <= now_seconds + window;
}

}  // namespace nunchi::discord::interactions
