#include "classifier/weights/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace nunchi::weights {
namespace {

api::Failure cannot_read(const std::filesystem::path& path, const std::string& why) {
    return api::failure(api::errc::io_error, path.string() + ": cannot be read: " + why);
}

std::string errno_message() {
    return std::generic_category().message(errno);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

}  // namespace

api::outcome<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // O_NONBLOCK: opening a FIFO returns at once, so that the check below can refuse it.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) return cannot_read(path, errno_message());
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return cannot_read(path, errno_message());
    if (S_ISDIR(status.st_mode)) return cannot_read(path, "it is a folder; name a file inside it");
    if (!S_ISREG(status.st_mode)) return cannot_read(path, "it is not a regular file");
    // mmap refuses a length of 0.
    if (status.st_size == 0) return MappedFile({});

    const auto size = static_cast<std::size_t>(status.st_size);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (address == MAP_FAILED) return cannot_read(path, errno_message());
    return MappedFile({static_cast<const std::byte*>(address), size});
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace nunchi::weights
