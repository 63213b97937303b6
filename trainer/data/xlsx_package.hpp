// The zip archive that an .xlsx file is.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "classifier/api/error.hpp"

struct zip;

namespace nunchi::data {

/// Unpacks parts on demand. A part that unpacks to more than the limit is an error, whatever size the archive
/// claims, so a zip bomb costs at most the limit.
class XlsxPackage {
public:
    /// The bytes must outlive the package. errc::bad_format: no or a broken zip archive.
    static api::outcome<XlsxPackage> open(std::span<const std::byte> file, std::size_t max_part_bytes);

    bool has(const std::string& name) const;

    /// errc::bad_format: missing, encrypted, damaged (checksum), over the limit.
    api::outcome<std::string> part(const std::string& name) const;

private:
    struct Discard {
        void operator()(zip* archive) const;
    };

    XlsxPackage(zip* archive, std::size_t max_part_bytes)
        : archive_(archive), max_part_bytes_(max_part_bytes) {}

    std::unique_ptr<zip, Discard> archive_;
    std::size_t max_part_bytes_;
};

}  // namespace nunchi::data
