#include "config/limited_file.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace nunchi::config {
namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string last_system_error() {
    return std::generic_category().message(errno);
}

}  // namespace

LimitedFile read_limited_file(const std::filesystem::path& file, std::size_t max_bytes) {
    const std::unique_ptr<std::FILE, Close> stream(std::fopen(file.c_str(), "rb"));
    if (!stream) return {{}, last_system_error()};
    // One byte more than allowed, so that a longer file shows itself, also where a size is not known
    // beforehand.
    std::string content(max_bytes + 1, '\0');
    const std::size_t size = std::fread(content.data(), 1, content.size(), stream.get());
    if (std::ferror(stream.get()) != 0) return {{}, last_system_error()};
    if (size > max_bytes) return {{}, "it is longer than " + std::to_string(max_bytes) + " bytes"};
    content.resize(size);
    return {std::move(content), {}};
}

}  // namespace nunchi::config
