// Where `nunchi classify` takes its texts from.
#pragma once

#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>

#include "classifier/api/error.hpp"

namespace nunchi::cli {

class TextSource {
public:
    virtual ~TextSource() = default;

    /// The next text; nothing at the end.
    virtual api::outcome<std::optional<std::string>> next() = 0;
};

/// One text a line; a final CR is dropped. A line longer than 1 MiB is an error.
std::unique_ptr<TextSource> create_line_source(std::istream& input);

/// One column of a CSV or TSV file with a header. `column` empty: the first of text, sentence and 문장 that
/// the header has. A Failure names the columns there are.
api::outcome<std::unique_ptr<TextSource>> create_column_source(std::istream& input, char delimiter,
                                                               const std::string& column);

/// The file as its name says: a column of a .csv or .tsv file, with the delimiter that its header shows, or
/// the lines of any other; with `column` always a table. Without a path `standard_input`, whose tables are
/// tab-separated. errc::io_error for a file that cannot be read; else as create_column_source.
api::outcome<std::unique_ptr<TextSource>> open_text_source(const std::filesystem::path& path,
                                                           const std::string& column,
                                                           std::istream& standard_input);

}  // namespace nunchi::cli
