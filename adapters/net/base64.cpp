#include "adapters/net/base64.hpp"

#include <openssl/evp.h>

#include <vector>

namespace nunchi::net {

std::string base64(std::string_view bytes) {
    std::vector<unsigned char> encoded((bytes.size() + 2) / 3 * 4 + 1);  // with the closing NUL
    const int size = EVP_EncodeBlock(encoded.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    return {encoded.begin(), encoded.begin() + size};
}

}  // namespace nunchi::net
