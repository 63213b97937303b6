// The JSON header of a safetensors file, read as it stands: types and duplicates are checked, sizes are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::weights {

/// One entry of the header.
struct HeaderEntry {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::size_t begin = 0;  // both relative to the first byte after the header
    std::size_t end = 0;
};

struct Header {
    std::vector<HeaderEntry> entries;  // in the order of the JSON
    std::map<std::string, std::string> metadata;
};

/// From the N bytes of JSON. errc::bad_format: no valid UTF-8 JSON, duplicate keys, missing or unknown
/// fields, numbers that are no unsigned 63-bit integers.
api::outcome<Header> parse_safetensors_header(std::string_view json);

}  // namespace nunchi::weights
