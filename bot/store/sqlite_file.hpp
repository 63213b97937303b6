// The place of a SQLite database: its folder, its lock and its backups. Private to this folder.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>

#include "classifier/api/error.hpp"

namespace nunchi::store {

/// Held as long as the object lives; the system lets go of it when the process ends, however it ends.
class FileLock {
public:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock(const FileLock&) = delete;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    int descriptor_;
};

/// Makes the folder of the file (0700), with those above it, where it is missing.
api::outcome<void> make_folder_of(const std::filesystem::path& file);

/// Locks "<file>.lock", because two processes that each believe to be alone would answer twice. Fails with
/// in_use or not_writable.
api::outcome<FileLock> lock_beside(const std::filesystem::path& file);

/// Makes an empty file that only its owner can read. Fails with not_writable, also when it is there.
api::outcome<void> make_private_file(const std::filesystem::path& file);

/// Brings a finished file and its name in the folder to the disk. As far as the system can; never fails.
void flush_to_disk(const std::filesystem::path& file);

/// "<file>.v<version>-20261122T101010Z.bak"
std::filesystem::path backup_name(const std::filesystem::path& file, int version,
                                  std::chrono::system_clock::time_point now);

/// Keeps the newest backups of the file and removes the others.
void remove_old_backups(const std::filesystem::path& file, std::size_t keep);

/// How to go on with a damaged file: which files to move, and which backup to take.
std::string way_out(const std::filesystem::path& file);

}  // namespace nunchi::store
