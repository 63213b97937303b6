// Labelled sentences from a file, whatever its format.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "trainer/data/table.hpp"

namespace nunchi::data {

struct LabelledRow {
    std::string text;  // as it stands in the file
    api::Emotion emotion;
    std::size_t number;  // in the file, from 1
};

struct LabelledRows {
    std::vector<LabelledRow> rows;  // in file order; usually sorted by label, so shuffle before splitting
    std::size_t blank_rows = 0;
    std::vector<std::size_t> half_filled;  // numbers of the rows that lack text or label, and were left out
    bool was_cp949 = false;                // and has been converted
};

/// Reads an .xlsx workbook, a CSV or TSV file with a header, or JSON lines, told apart by content; text in
/// UTF-8 or CP949. Labels are the Korean or English names of the emotions. The errors of read_xlsx,
/// TableBuilder, DelimitedReader, read_json_lines and utf8_from_cp949; errc::bad_format lists rows whose
/// label is no emotion.
api::outcome<LabelledRows> load_labelled(const std::filesystem::path& path,
                                         std::vector<ColumnPair> columns = default_columns());

}  // namespace nunchi::data
