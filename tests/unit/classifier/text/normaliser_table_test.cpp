// Runs the table of rules in docs/normaliser.md, so that the document cannot drift from the code.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "classifier/text/normaliser.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

struct Row {
    std::string rule;
    std::string in;
    std::string declared;
    std::string plain;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line.compare(i, 2, "\\|") == 0) {
            cells.back() += '|';
            ++i;
        } else if (line[i] == '|') {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    cells.pop_back();
    return cells;
}

std::string unescaped(const std::string& code) {
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code.compare(i, 2, "\\u") == 0) {
            append_utf8(out, static_cast<char32_t>(std::stoul(code.substr(i + 2, 4), nullptr, 16)));
            i += 5;
        } else if (code.compare(i, 2, "\\n") == 0 || code.compare(i, 2, "\\t") == 0) {
            out += code[++i] == 'n' ? '\n' : '\t';
        } else {
            out += code[i];
        }
    }
    return out;
}

// What stands between the cell's runs of back-ticks; one space beside each run of two or more is Markdown's.
std::string code_of(const std::string& cell) {
    const std::size_t first = cell.find('`');
    if (first == std::string::npos) return "";
    std::size_t ticks = 0;
    while (cell[first + ticks] == '`') ++ticks;
    const std::size_t begin = first + ticks + (ticks > 1 ? 1 : 0);
    const std::size_t end = cell.rfind('`') + 1 - ticks - (ticks > 1 ? 1 : 0);
    return unescaped(cell.substr(begin, end - begin));
}

std::vector<Row> rows_of_the_document() {
    std::ifstream file(NUNCHI_SOURCE_DIR "/docs/normaliser.md");
    std::vector<Row> rows;
    bool is_in_table = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| rule | in |")) is_in_table = true;
        if (!line.starts_with("|")) is_in_table = false;
        if (!is_in_table || line.starts_with("| rule") || line.starts_with("|---")) continue;
        const auto cells = cells_of(line);
        if (cells.size() != 4)
            ADD_FAILURE() << "not four cells: " << line;
        else
            rows.push_back({cells[0], code_of(cells[1]), code_of(cells[2]), code_of(cells[3])});
    }
    return rows;
}

Normaliser with_all_tokens() {
    std::set<std::string> all;
    for (const ConceptToken& token : concept_tokens()) all.emplace(token.token);
    return Normaliser(all);
}

TEST(NormaliserTable, HoldsForEveryRowOfTheDocument) {
    const Normaliser declared = with_all_tokens();
    const Normaliser plain({});

    const std::vector<Row> rows = rows_of_the_document();

    ASSERT_GE(rows.size(), 80U);
    for (const Row& row : rows) {
        EXPECT_EQ(declared(row.in), row.declared) << row.rule;
        EXPECT_EQ(plain(row.in), row.plain) << row.rule;
    }
}

TEST(NormaliserTable, WithoutTokensASecondRunChangesNothing) {
    const Normaliser plain({});
    for (const Row& row : rows_of_the_document()) EXPECT_EQ(plain(row.plain), row.plain) << row.rule;
}

}  // namespace
}  // namespace nunchi::text
