#include "trainer/data/labelled.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "trainer/data/delimited.hpp"
#include "trainer/data/encoding.hpp"
#include "trainer/data/json_lines.hpp"
#include "trainer/data/xlsx.hpp"

namespace nunchi::data {
namespace {

constexpr std::size_t kMaxListed = 20;

api::Failure at(const std::filesystem::path& path, const api::Failure& failure) {
    return api::Failure{failure.code, path.string() + ": " + failure.message};
}

std::vector<std::string> characters_of(std::string_view utf8) {
    std::vector<std::string> characters;
    for (const char c : utf8) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (!continues || characters.empty()) characters.emplace_back();
        characters.back() += c;
    }
    return characters;
}

std::size_t edit_distance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// The emotion's name that is closest, when at most half of the characters differ.
std::optional<std::string_view> nearest_name(const std::vector<std::string>& label) {
    std::optional<std::string_view> nearest;
    std::size_t shortest = label.size() / 2 + 1;
    for (const api::Emotion emotion : api::kEmotions) {
        for (const std::string_view name : {api::korean_name(emotion), api::english_name(emotion)}) {
            const std::size_t distance = edit_distance(label, characters_of(name));
            if (distance < shortest) {
                shortest = distance;
                nearest = name;
            }
        }
    }
    return nearest;
}

/// A long label is a sentence from the wrong column, and sentences stay out of messages.
std::string describe_unknown(const TableRow& row) {
    constexpr std::size_t kLongestLabel = 12;
    const std::string place = "row " + std::to_string(row.number) + ": ";
    const std::vector<std::string> label = characters_of(row.label);
    if (label.size() > kLongestLabel) {
        return place + "a text of " + std::to_string(label.size()) + " characters (are the columns swapped?)";
    }
    const auto nearest = nearest_name(label);
    return place + "\"" + row.label + "\"" +
           (nearest ? " (did you mean " + std::string(*nearest) + "?)" : "");
}

std::string describe_unknowns(const std::vector<const TableRow*>& rows) {
    std::string text = rows.size() == 1 ? "1 row has" : std::to_string(rows.size()) + " rows have";
    text += " a label that is none of";
    for (const api::Emotion emotion : api::kEmotions) text += " " + std::string(api::korean_name(emotion));
    for (std::size_t i = 0; i < std::min(rows.size(), kMaxListed); ++i)
        text += "\n  " + describe_unknown(*rows[i]);
    if (rows.size() > kMaxListed) text += "\n  and " + std::to_string(rows.size() - kMaxListed) + " more";
    return text;
}

api::outcome<LabelledRows> with_emotions(Table table) {
    LabelledRows labelled{
        .rows = {}, .blank_rows = table.blank_rows, .half_filled = std::move(table.half_filled)};
    std::vector<const TableRow*> unknown;
    for (TableRow& row : table.rows) {
        const auto emotion = api::emotion_named(trimmed(row.label));
        if (!emotion) {
            unknown.push_back(&row);
            continue;
        }
        labelled.rows.push_back({std::move(row.text), *emotion, row.number});
    }
    if (!unknown.empty()) return api::failure(api::errc::bad_format, describe_unknowns(unknown));
    return labelled;
}

api::outcome<Table> read_delimited(std::istream& input, char delimiter, std::vector<ColumnPair> columns) {
    DelimitedReader reader(input, {.delimiter = delimiter});
    TableBuilder builder(std::move(columns));
    std::vector<std::string_view> cells;
    for (;;) {
        const auto next = reader.next();
        if (!next) return next.error();
        const auto& row = *next;
        if (!row) return builder.finish();
        cells.assign(row->fields.begin(), row->fields.end());
        if (auto added = builder.add(row->line, cells); !added) return added.error();
    }
}

/// A stream that can go back to its beginning.
api::outcome<Table> read_text(const std::filesystem::path& path, std::istream& input,
                              std::vector<ColumnPair> columns) {
    std::string header;
    std::getline(input, header);
    input.clear();
    input.seekg(0);
    const bool is_json = trimmed(header).starts_with("{") || path.extension() == ".jsonl";
    if (is_json) return read_json_lines(input, std::move(columns));
    return read_delimited(input, choose_delimiter(path, header), std::move(columns));
}

api::outcome<Table> read_cp949(const std::filesystem::path& path, std::istream& input,
                               std::vector<ColumnPair> columns) {
    const std::string bytes{std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
    auto text = utf8_from_cp949(bytes);
    if (!text) return text.error();
    std::istringstream converted(std::move(*text));
    return read_text(path, converted, std::move(columns));
}

}  // namespace

api::outcome<LabelledRows> load_labelled(const std::filesystem::path& path, std::vector<ColumnPair> columns) {
    std::ifstream input(path, std::ios::binary);
    std::string start(4096, '\0');
    input.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(input.gcount()));
    if (start.empty()) {
        return api::failure(api::errc::io_error,
                            path.string() + ": cannot be read, is a folder, or is empty");
    }
    if (looks_like_workbook(start) || path.extension() == ".xlsx") {
        auto table = read_xlsx(path, std::move(columns));
        if (!table) return table.error();
        auto labelled = with_emotions(std::move(*table));
        if (!labelled) return at(path, labelled.error());
        return labelled;
    }
    input.clear();
    input.seekg(0);
    // UTF-16 begins with a mark of its own, of which the reader tells.
    const bool is_utf16 = start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF");
    const bool was_cp949 = !is_utf16 && !is_utf8(input);
    input.clear();
    input.seekg(0);
    auto table =
        was_cp949 ? read_cp949(path, input, std::move(columns)) : read_text(path, input, std::move(columns));
    if (!table) return at(path, table.error());
    auto labelled = with_emotions(std::move(*table));
    if (!labelled) return at(path, labelled.error());
    labelled->was_cp949 = was_cp949;
    return labelled;
}

}  // namespace nunchi::data
