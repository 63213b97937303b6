// A file in memory, read-only.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "classifier/api/error.hpp"

namespace nunchi::weights {

/// Maps a regular file; the bytes stay valid, and at the same address, for as long as the object or one moved
/// from it lives. Pages are read on first use.
///
/// A file that another process shortens while it is mapped kills this one (SIGBUS) when a lost page is read.
/// Replace model files by renaming a finished file over the old one, as write_safetensors does; the mapping
/// then keeps the old content.
class MappedFile {
public:
    /// errc::io_error: missing, not permitted, not a regular file.
    static api::outcome<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return bytes_; }

private:
    explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::span<const std::byte> bytes_;
};

}  // namespace nunchi::weights
