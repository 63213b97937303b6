#include "classifier/weights/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace nunchi::weights {
namespace {

std::filesystem::path partial_of(const std::filesystem::path& path) {
    std::filesystem::path partial = path;
    partial += ".partial";
    return partial;
}

api::Failure cannot_write_to(const std::filesystem::path& path) {
    return api::failure(api::errc::io_error,
                        path.string() + ": cannot be written: " + std::generic_category().message(errno));
}

/// A rename is durable only once the folder itself is flushed. Some network file systems cannot do that, and
/// the file is complete either way, so the result does not matter.
void flush_folder_of(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
}

}  // namespace

api::outcome<AtomicFile> AtomicFile::create(const std::filesystem::path& path) {
    constexpr mode_t kMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
    const int fd = ::open(partial_of(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
    if (fd < 0) return cannot_write_to(path);
    return AtomicFile(fd, path);
}

AtomicFile::AtomicFile(int fd, std::filesystem::path path)
    : fd_(fd), path_(std::move(path)), partial_(partial_of(path_)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)), partial_(std::move(other.partial_)) {}

AtomicFile::~AtomicFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    ::unlink(partial_.c_str());
}

api::outcome<void> AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_write();
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

api::outcome<void> AtomicFile::commit() {
    if (::fsync(fd_) != 0) return cannot_write();
    if (std::rename(partial_.c_str(), path_.c_str()) != 0) return cannot_write();
    ::close(std::exchange(fd_, -1));
    flush_folder_of(path_);
    return {};
}

api::Failure AtomicFile::cannot_write() const {
    return cannot_write_to(path_);
}

}  // namespace nunchi::weights
