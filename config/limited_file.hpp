// A small file read whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace nunchi::config {

/// Either the content or, when error is not empty, why there is none: "No such file or directory",
/// "it is longer than 65536 bytes".
struct LimitedFile {
    std::string content;
    std::string error;
};

LimitedFile read_limited_file(const std::filesystem::path& file, std::size_t max_bytes);

}  // namespace nunchi::config
