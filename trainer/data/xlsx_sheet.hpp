// The cells of a worksheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "trainer/data/table.hpp"

namespace nunchi::data {

/// Cells beyond this column (IV) are not looked at.
inline constexpr std::size_t kMaxColumns = 256;

/// The rows of a worksheet part as a table. errc::bad_format names the part or the cell.
api::outcome<Table> read_sheet(const std::string& part, std::string_view xml,
                               const std::vector<std::string>& shared_strings,
                               std::vector<ColumnPair> columns);

}  // namespace nunchi::data
