// Workbooks made in memory.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nunchi::data::testing {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// A zip archive, deflated.
std::string zip_of(const Entries& entries);

/// The entries of a workbook whose sheet has these rows (the inside of sheetData), with these shared strings
/// (the inside of sst).
Entries workbook_entries(std::string_view rows, std::string_view shared_strings);

inline std::string workbook(std::string_view rows, std::string_view shared_strings = "") {
    return zip_of(workbook_entries(rows, shared_strings));
}

}  // namespace nunchi::data::testing
