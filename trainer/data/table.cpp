#include "trainer/data/table.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::data {
namespace {

bool is_blank(std::string_view text) {
    return trimmed(text).empty();
}

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(trimmed(a), trimmed(b), {}, ascii_lower, ascii_lower);
}

std::vector<std::size_t> positions_of(std::string_view name, std::span<const std::string_view> cells) {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (same_name(cells[i], name)) positions.push_back(i);
    }
    return positions;
}

api::Failure bad_format(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kWhiteSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kWhiteSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

std::vector<ColumnPair> default_columns() {
    return {{"Sentence", "Emotion"}, {"text", "label"}, {"문장", "감정"}};
}

TableBuilder::TableBuilder(std::vector<ColumnPair> wanted) : wanted_(std::move(wanted)) {}

api::outcome<void> TableBuilder::add(std::size_t number, std::span<const std::string_view> cells) {
    if (!columns_)
        return std::ranges::all_of(cells, is_blank) ? api::outcome<void>() : read_header(number, cells);

    const auto cell = [&](std::size_t i) { return i < cells.size() ? cells[i] : std::string_view(); };
    const std::string_view text = cell(columns_->text);
    const std::string_view label = cell(columns_->label);
    if (is_blank(text) && is_blank(label)) {
        ++table_.blank_rows;
        return {};
    }
    if (is_blank(text) || is_blank(label)) {
        table_.half_filled.push_back(number);
        return {};
    }
    text_bytes_ += text.size() + label.size();
    if (text_bytes_ > kMaxTableText) {
        return bad_format("row " + std::to_string(number) + ": the table holds more than " +
                          std::to_string(kMaxTableText >> 20) + " MiB of text; split the file");
    }
    table_.rows.push_back({number, std::string(text), std::string(label)});
    return {};
}

api::outcome<void> TableBuilder::read_header(std::size_t number, std::span<const std::string_view> cells) {
    for (const ColumnPair& pair : wanted_) {
        const auto text = positions_of(pair.text, cells);
        const auto label = positions_of(pair.label, cells);
        if (text.empty() || label.empty()) continue;
        if (text.size() > 1 || label.size() > 1) {
            const std::string& twice = text.size() > 1 ? pair.text : pair.label;
            return bad_format("row " + std::to_string(number) + ": the column " + twice +
                              " stands there twice; rename or remove one of them");
        }
        columns_ = {text.front(), label.front()};
        return {};
    }
    // The row's cells are not quoted: without a header they are sentences.
    return bad_format("row " + std::to_string(number) + ", the first that is not empty, names no columns " +
                      describe_wanted() + "; put a header row above the sentences, or name the columns");
}

std::string TableBuilder::describe_wanted() const {
    std::string text;
    for (const ColumnPair& pair : wanted_) {
        if (!text.empty()) text += " or ";
        text += pair.text + " and " + pair.label;
    }
    return text;
}

api::outcome<Table> TableBuilder::finish() {
    if (!columns_) return bad_format("there are no rows; expected a header with " + describe_wanted());
    return std::move(table_);
}

}  // namespace nunchi::data
