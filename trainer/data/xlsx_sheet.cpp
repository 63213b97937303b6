#include "trainer/data/xlsx_sheet.hpp"

#include <charconv>
#include <deque>
#include <optional>
#include <span>
#include <utility>

#include "trainer/data/xlsx_xml.hpp"

namespace nunchi::data {
namespace {

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// From 0: 27 of "AB12". Nothing when the reference does not begin with one to three capital letters.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' &&
           letters < 4) {
        column = column * 26 + static_cast<std::size_t>(reference[letters++] - 'A') + 1;
    }
    if (letters == 0 || letters > 3) return std::nullopt;
    return column - 1;
}

/// One row's cells as views: of the shared strings, or of texts that this object keeps until the next row.
class RowReader {
public:
    explicit RowReader(const std::vector<std::string>& shared_strings) : shared_strings_(shared_strings) {}

    /// The views hold until the next call.
    api::outcome<std::span<const std::string_view>> read(pugi::xml_node row, std::size_t row_number) {
        cells_.clear();
        texts_.clear();
        std::size_t column = 0;
        for (const pugi::xml_node cell : row.children()) {
            if (local_name(cell.name()) != "c") continue;
            // A cell without a reference follows the one before it.
            const std::string_view reference = attribute(cell, "r");
            const auto found = reference.empty() ? std::optional(column) : column_of(reference);
            if (!found) return fail(row_number, column, "has a malformed reference");
            column = *found;
            if (column < kMaxColumns) {
                const auto text = text_of_cell(cell);
                if (!text) return fail(row_number, column, "names a shared string that does not exist");
                if (cells_.size() <= column) cells_.resize(column + 1);
                cells_[column] = *text;
            }
            ++column;
        }
        return std::span<const std::string_view>(cells_);
    }

private:
    /// Nothing when it is a shared string that does not exist.
    std::optional<std::string_view> text_of_cell(pugi::xml_node cell) {
        const std::string_view type = attribute(cell, "t");
        if (type == "inlineStr") return keep(string_item(child(cell, "is")));
        const pugi::xml_node value = child(cell, "v");
        if (!value) return "";
        std::string text = text_of(value);
        if (type == "s") {
            const auto index = number(text);
            if (!index || *index >= shared_strings_.size()) return std::nullopt;
            return shared_strings_[*index];
        }
        if (type == "str") return keep(decode_escapes(text));
        if (type == "b") return text == "1" ? "TRUE" : "FALSE";
        return keep(std::move(text));
    }

    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    static api::Failure fail(std::size_t row_number, std::size_t column, std::string_view what) {
        return api::failure(api::errc::bad_format, "row " + std::to_string(row_number) +
                                                       ": the cell in column " + std::to_string(column + 1) +
                                                       " " + std::string(what) +
                                                       "; open and save the workbook again");
    }

    const std::vector<std::string>& shared_strings_;
    std::vector<std::string_view> cells_;
    std::deque<std::string> texts_;  // a deque, because its elements stay where they are
};

}  // namespace

api::outcome<Table> read_sheet(const std::string& part, std::string_view xml,
                               const std::vector<std::string>& shared_strings,
                               std::vector<ColumnPair> columns) {
    const auto document = parse_xml(part, xml);
    if (!document) return document.error();
    TableBuilder builder(std::move(columns));
    RowReader reader(shared_strings);
    std::size_t row_number = 0;
    for (const pugi::xml_node row : child(document->document_element(), "sheetData").children()) {
        if (local_name(row.name()) != "row") continue;
        // A row without a number follows the one before it.
        row_number = number(attribute(row, "r")).value_or(row_number + 1);
        const auto cells = reader.read(row, row_number);
        if (!cells) return cells.error();
        if (auto added = builder.add(row_number, *cells); !added) return added.error();
    }
    return builder.finish();
}

}  // namespace nunchi::data
