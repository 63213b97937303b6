// uses: nunchi_data
#include <cstddef>
#include <cstdint>

#include "trainer/data/xlsx.hpp"
#include "trainer/data/xlsx_sheet.hpp"
#include "trainer/data/xlsx_workbook.hpp"

// A zip archive is read as a workbook. Checksums keep most mutated archives from reaching the XML, so
// anything else is shared strings and a sheet, with a NUL between them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunchi::data;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (looks_like_workbook(input)) {
        parse_xlsx(std::as_bytes(std::span(data, size)), default_columns(),
                   {.part_bytes = std::size_t{1} << 20});
        return 0;
    }
    const std::size_t border = input.find('\0');
    const auto strings = read_shared_strings("strings", input.substr(0, border));
    if (!strings || border == std::string_view::npos) return 0;
    read_sheet("sheet", input.substr(border + 1), *strings, default_columns());
    return 0;
}
