// SHA-256 for golden values that are too long to write out.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <string>
#include <string_view>

namespace nunchi::data::testing {

/// In lower-case hexadecimal.
inline std::string sha256_of(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex += kDigits[digest[i] >> 4];
        hex += kDigits[digest[i] & 15];
    }
    return hex;
}

}  // namespace nunchi::data::testing
