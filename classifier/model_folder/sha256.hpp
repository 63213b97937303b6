// SHA-256 in hexadecimal.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "classifier/api/error.hpp"

namespace nunchi::model_folder {

std::string sha256(std::span<const std::byte> bytes);

/// Reads the file in pieces; a Failure names a file that cannot be read.
api::outcome<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace nunchi::model_folder
