// Rows of CSV and TSV text, one at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::data {

struct DelimitedOptions {
    char delimiter = ',';
    bool quotes = true;  // RFC 4180; false: quotation marks are text like any other
    std::size_t max_field_bytes = std::size_t{1} << 20;
    std::size_t max_fields = 1024;
};

/// '\t' or ',' for names that end in .tsv, .tab or .csv (a .csv whose header has tabs or semicolons and no
/// comma has that delimiter); for other names the most frequent of the three in the header line, ',' when
/// there is none.
char choose_delimiter(const std::filesystem::path& path, std::string_view header_line);

struct DelimitedRow {
    std::size_t line = 0;  // on which it begins, from 1
    std::vector<std::string> fields;
};

/// Reads RFC 4180 as spreadsheets write it: fields in quotation marks may hold delimiters, line ends and
/// doubled marks; rows end with LF, CRLF or CR; a UTF-8 byte order mark is skipped. As in Python's csv
/// module, a mark inside an unquoted field is text, and so is what follows a closing one. An empty line is a
/// row with one empty field. Memory: one row.
class DelimitedReader {
public:
    /// The stream must outlive the reader, which takes its characters one by one and never seeks.
    explicit DelimitedReader(std::istream& input, DelimitedOptions options = {});

    /// The next row; nothing at the end. errc::bad_format: a field or row over the limits, or a quotation
    /// mark that is never closed; errc::not_supported: UTF-16. After an error the reader is at its end.
    api::outcome<std::optional<DelimitedRow>> next();

private:
    enum class Ending {
        delimiter,  // another field follows
        row,        // the row is complete
        too_long,   // the field is over max_field_bytes
        unclosed,   // the input ended inside quotation marks
    };

    bool skip_byte_order_mark();
    Ending read_field(std::string& field);
    Ending read_quoted(std::string& field);
    Ending read_plain(std::string& field);
    int take();
    api::Failure fail(api::errc code, std::size_t line, std::string_view what);

    std::streambuf& input_;
    DelimitedOptions options_;
    std::size_t line_ = 1;
    bool is_started_ = false;
    bool is_at_end_ = false;
};

}  // namespace nunchi::data
