// Sentences and labels from the first sheet of an .xlsx workbook.
// ECMA-376, Office Open XML: https://ecma-international.org/publications-and-standards/standards/ecma-376/
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "trainer/data/table.hpp"

namespace nunchi::data {

/// Bounds on what a workbook may cost to read. The AI Hub workbook has 1.8 MB packed, 12.6 MB in its largest
/// part.
struct XlsxLimits {
    std::size_t file_bytes = std::size_t{64} << 20;
    std::size_t part_bytes = std::size_t{128} << 20;  // of one unpacked part
};

/// The two columns, found by their header names; every other cell is ignored. Text is what the cell holds,
/// byte for byte: the runs of rich text joined, _xHHHH_ escapes decoded, spaces kept; numbers as they are
/// written, booleans as TRUE and FALSE. Columns beyond the 256th are not looked at. errc::io_error,
/// errc::not_supported (another format: .xls, .ods, CSV, encrypted), errc::bad_format; all with the path and
/// what to do.
api::outcome<Table> read_xlsx(const std::filesystem::path& path,
                              std::vector<ColumnPair> columns = default_columns());

/// The same of bytes in memory; messages have no path.
api::outcome<Table> parse_xlsx(std::span<const std::byte> file,
                               std::vector<ColumnPair> columns = default_columns(),
                               const XlsxLimits& limits = {});

/// Whether a file that begins so is for read_xlsx: a zip archive, or one of Excel's older binary files, about
/// which read_xlsx says what to do.
bool looks_like_workbook(std::string_view start);

}  // namespace nunchi::data
