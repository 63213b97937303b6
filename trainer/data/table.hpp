// Two columns of a spreadsheet: sentences and their labels, both as they stand in the file.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::data {

/// The header names of the two columns. ASCII case and surrounding white space do not matter.
struct ColumnPair {
    std::string text;
    std::string label;
};

/// Sentence and Emotion (the AI Hub workbook), text and label, 문장 and 감정.
std::vector<ColumnPair> default_columns();

/// Without the spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

struct TableRow {
    std::size_t number;  // in the file, from 1: the row of a workbook, the line of a text file
    std::string text;
    std::string label;
};

struct Table {
    std::vector<TableRow> rows;
    std::size_t blank_rows = 0;            // below the header, both columns empty or white space
    std::vector<std::size_t> half_filled;  // numbers of the rows that lack one of the two; not among `rows`
};

/// The most text that a table may hold, in bytes: a small file can name one long sentence a million times.
inline constexpr std::size_t kMaxTableText = std::size_t{512} << 20;

/// Makes a table from rows of cells, whatever file they come from.
class TableBuilder {
public:
    /// Of several pairs the first one whose two names stand in the header is taken.
    explicit TableBuilder(std::vector<ColumnPair> wanted);

    /// The first row that is not empty is the header. errc::bad_format: no such columns, or one of them
    /// twice; more text than kMaxTableText.
    api::outcome<void> add(std::size_t number, std::span<const std::string_view> cells);

    /// errc::bad_format when there was no header.
    api::outcome<Table> finish();

private:
    api::outcome<void> read_header(std::size_t number, std::span<const std::string_view> cells);
    std::string describe_wanted() const;

    struct Columns {
        std::size_t text;
        std::size_t label;
    };

    std::vector<ColumnPair> wanted_;
    std::optional<Columns> columns_;
    Table table_;
    std::size_t text_bytes_ = 0;
};

}  // namespace nunchi::data
