// Which parts of a workbook hold the first sheet and its strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "trainer/data/xlsx_package.hpp"

namespace nunchi::data {

struct XlsxParts {
    std::string sheet;
    std::optional<std::string> shared_strings;  // a workbook may have none
};

/// Follows the relations from the package's root to the workbook and from there to its first worksheet (chart
/// sheets are passed over). errc::bad_format; errc::not_supported for other formats in a zip archive.
api::outcome<XlsxParts> find_parts(const XlsxPackage& package);

/// All strings of a shared-strings part, by index. errc::bad_format names the part.
api::outcome<std::vector<std::string>> read_shared_strings(const std::string& part, std::string_view xml);

}  // namespace nunchi::data
