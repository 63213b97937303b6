// Labelled sentences from JSON lines: an object a line, its keys as the columns' names. https://jsonlines.org
#pragma once

#include <istream>
#include <vector>

#include "classifier/api/error.hpp"
#include "trainer/data/table.hpp"

namespace nunchi::data {

/// The columns are those of the first object; an object without one of them counts as half filled. Numbers
/// and booleans stand as JSON writes them. Memory: the rows of the table. errc::bad_format names the line.
api::outcome<Table> read_json_lines(std::istream& input, std::vector<ColumnPair> columns);

}  // namespace nunchi::data
