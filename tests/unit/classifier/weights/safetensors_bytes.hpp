// Builders for the tests of the safetensors reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nunchi::weights::testing {

inline std::string little_endian(std::uint64_t value) {
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

/// A file with this header text and this many zero bytes of data.
inline std::string file_of(std::string_view header, std::size_t data_bytes) {
    return little_endian(header.size()) + std::string(header) + std::string(data_bytes, '\0');
}

inline std::span<const std::byte> as_bytes(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace nunchi::weights::testing
