// Which encoding a text file is in, and Korean Windows' own turned into UTF-8.
#pragma once

#include <istream>
#include <string>
#include <string_view>

#include "classifier/api/error.hpp"

namespace nunchi::data {

/// Whether all that the stream still holds is UTF-8. Memory: one block.
bool is_utf8(std::istream& input);

/// CP949 (Unified Hangul Code, which holds EUC-KR), as Excel on Korean Windows saves CSV files.
/// errc::not_supported, with what to do, where it is not that either.
api::outcome<std::string> utf8_from_cp949(std::string_view bytes);

}  // namespace nunchi::data
