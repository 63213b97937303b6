#include "classifier/model_folder/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <fstream>
#include <memory>
#include <vector>

namespace nunchi::model_folder {
namespace {

class Digest {
public:
    Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        [[maybe_unused]] const int ok = EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
        assert(ok == 1);
    }

    void update(const void* data, std::size_t size) {
        [[maybe_unused]] const int ok = EVP_DigestUpdate(context_.get(), data, size);
        assert(ok == 1);
    }

    std::string hexadecimal() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        [[maybe_unused]] const int ok = EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
        assert(ok == 1);
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (unsigned int i = 0; i < size; ++i) {
            text += digits[digest[i] >> 4];
            text += digits[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::span<const std::byte> bytes) {
    Digest digest;
    digest.update(bytes.data(), bytes.size());
    return digest.hexadecimal();
}

api::outcome<std::string> sha256_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return api::failure(api::errc::io_error,
                            file.string() + ": cannot be opened; check that it exists and is readable");
    }
    Digest digest;
    std::vector<char> buffer(1024 * 1024);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        digest.update(buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) return api::failure(api::errc::io_error, file.string() + ": reading failed");
    return digest.hexadecimal();
}

}  // namespace nunchi::model_folder
