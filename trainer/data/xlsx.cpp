#include "trainer/data/xlsx.hpp"

#include <optional>
#include <string>
#include <utility>

#include "classifier/weights/mapped_file.hpp"
#include "trainer/data/xlsx_package.hpp"
#include "trainer/data/xlsx_sheet.hpp"
#include "trainer/data/xlsx_workbook.hpp"

namespace nunchi::data {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kZip = "PK\x03\x04"sv;
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0"sv;
/// The name of the stream that holds an encrypted workbook, in UTF-16 as OLE files store it.
constexpr std::string_view kEncryptedStream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;

api::Failure not_supported(std::string message) {
    return api::failure(api::errc::not_supported, std::move(message));
}

/// What a file is that is no zip archive.
api::Failure describe_foreign(std::string_view text) {
    if (text.starts_with(kOle)) {
        if (text.find(kEncryptedStream) != std::string_view::npos) {
            return not_supported("the workbook is encrypted; remove its password and save it again");
        }
        return not_supported("this is an old Excel file (.xls); save it as .xlsx");
    }
    if (text.starts_with('<') || text.starts_with("\xEF\xBB\xBF<"sv)) {
        return not_supported(
            "this is a web page or XML, not a workbook; open it in a spreadsheet program and save it as "
            ".xlsx");
    }
    return not_supported("this is not a workbook; if it is a CSV file, name it .csv");
}

api::outcome<std::vector<std::string>> strings_of(const XlsxPackage& package,
                                                  const std::optional<std::string>& part) {
    if (!part) return std::vector<std::string>();
    const auto xml = package.part(*part);
    if (!xml) return xml.error();
    return read_shared_strings(*part, *xml);
}

}  // namespace

bool looks_like_workbook(std::string_view start) {
    return start.starts_with(kZip) || start.starts_with(kOle);
}

api::outcome<Table> parse_xlsx(std::span<const std::byte> file, std::vector<ColumnPair> columns,
                               const XlsxLimits& limits) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (file.size() > limits.file_bytes) {
        return not_supported("the workbook has more than " + std::to_string(limits.file_bytes >> 20) +
                             " MiB; split it, or save it as CSV");
    }
    if (!text.starts_with(kZip)) return describe_foreign(text);

    const auto package = XlsxPackage::open(file, limits.part_bytes);
    if (!package) return package.error();
    const auto parts = find_parts(*package);
    if (!parts) return parts.error();
    const auto strings = strings_of(*package, parts->shared_strings);
    if (!strings) return strings.error();
    const auto sheet = package->part(parts->sheet);
    if (!sheet) return sheet.error();
    return read_sheet(parts->sheet, *sheet, *strings, std::move(columns));
}

api::outcome<Table> read_xlsx(const std::filesystem::path& path, std::vector<ColumnPair> columns) {
    const auto file = weights::MappedFile::open(path);
    if (!file) return file.error();
    auto table = parse_xlsx(file->bytes(), std::move(columns));
    if (!table) return api::Failure{table.error().code, path.string() + ": " + table.error().message};
    return table;
}

}  // namespace nunchi::data
