// A file that appears under its name complete or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "classifier/api/error.hpp"

namespace nunchi::weights {

/// Writes to `path` + ".partial" and renames it at commit. Destroyed without a commit it removes what it
/// wrote; a file that already has the name stays untouched until then. errc::io_error in all three steps.
class AtomicFile {
public:
    static api::outcome<AtomicFile> create(const std::filesystem::path& path);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;
    ~AtomicFile();

    api::outcome<void> write(std::span<const std::byte> bytes);

    /// Flushes to disk and renames; afterwards a power cut no longer loses the file.
    api::outcome<void> commit();

private:
    AtomicFile(int fd, std::filesystem::path path);

    api::Failure cannot_write() const;

    int fd_;
    std::filesystem::path path_;
    std::filesystem::path partial_;
};

}  // namespace nunchi::weights
