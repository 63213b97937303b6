// A writer of small zip archives for the tests, which can say of an entry what is not so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nunchi::weights::testing {

struct ZipPart {
    std::string name{};
    std::string bytes{};
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc32 = 0;
    std::optional<std::uint32_t> size{};           // as the list says; by default that of `bytes`
    std::optional<std::uint32_t> header_offset{};  // as the list says; by default the true one
    std::string extra{};                           // of the list
    std::string name_in_header{};                  // empty: the same as in the list
};

inline std::string bytes_of_number(std::uint64_t value, unsigned count) {
    std::string bytes;
    for (unsigned i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

inline std::string zip_end(std::size_t entries, std::size_t size, std::size_t offset) {
    return "PK\5\6" + bytes_of_number(0, 4) + bytes_of_number(entries, 2) + bytes_of_number(entries, 2) +
           bytes_of_number(size, 4) + bytes_of_number(offset, 4) + bytes_of_number(0, 2);
}

inline std::string zip_of(const std::vector<ZipPart>& parts) {
    std::string file;
    std::string list;
    for (const auto& part : parts) {
        const auto offset = static_cast<std::uint32_t>(file.size());
        const auto size = part.size.value_or(static_cast<std::uint32_t>(part.bytes.size()));
        const auto& name = part.name_in_header.empty() ? part.name : part.name_in_header;
        file += "PK\3\4" + bytes_of_number(20, 2) + bytes_of_number(part.flags, 2) +
                bytes_of_number(part.method, 2) + bytes_of_number(0, 4) + bytes_of_number(0, 12) +
                bytes_of_number(name.size(), 2) + bytes_of_number(0, 2) + name + part.bytes;
        list += "PK\1\2" + bytes_of_number(20, 2) + bytes_of_number(20, 2) + bytes_of_number(part.flags, 2) +
                bytes_of_number(part.method, 2) + bytes_of_number(0, 4) + bytes_of_number(part.crc32, 4) +
                bytes_of_number(size, 4) + bytes_of_number(size, 4) + bytes_of_number(part.name.size(), 2) +
                bytes_of_number(part.extra.size(), 2) + bytes_of_number(0, 2) + bytes_of_number(0, 8) +
                bytes_of_number(part.header_offset.value_or(offset), 4) + part.name + part.extra;
    }
    return file + list + zip_end(parts.size(), list.size(), file.size());
}

}  // namespace nunchi::weights::testing
