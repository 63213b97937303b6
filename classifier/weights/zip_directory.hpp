// The list of a zip archive's entries: bytes of unknown origin in, checked places out. Entries are stored,
// never unpacked. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::weights {

/// One entry, as the central directory has it.
struct ZipEntry {
    std::string name;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;  // 0: stored
    std::uint32_t crc32 = 0;   // 0 also where torch was told to leave it out
    std::uint64_t packed_size = 0;
    std::uint64_t size = 0;
    std::uint64_t header_offset = 0;  // of the entry's own header in the file
    std::size_t data_offset = 0;      // of the bytes in the file; 0 until check_stored has found them
};

struct ZipDirectory {
    std::vector<ZipEntry> entries;
    std::size_t offset = 0;  // of the list in the file; every entry ends before it
};

inline constexpr std::size_t kMaxZipEntries = 100'000;

/// Where the entries are listed: the central directory of a single-volume archive, with or without ZIP64.
/// errc::bad_format when it is missing or does not lie inside of the file.
api::outcome<ZipDirectory> read_zip_directory(std::span<const std::byte> file);

/// Fills in data_offset. A Failure names an entry that is compressed, encrypted, there twice, has a path that
/// leads out of the archive, differs from its own header, reaches beyond the file or overlaps another or the
/// list.
api::outcome<void> check_stored(std::span<const std::byte> file, ZipDirectory& directory);

/// The bytes of an entry that passed check_stored; a Failure when its CRC-32 is another.
api::outcome<std::span<const std::byte>> bytes_of(std::span<const std::byte> file, const ZipEntry& entry);

}  // namespace nunchi::weights
