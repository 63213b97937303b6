#include "bot/cli/text_source.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "trainer/data/delimited.hpp"

namespace nunchi::cli {
namespace {

constexpr std::size_t kMaxLineBytes = 1024 * 1024;

class LineSource final : public TextSource {
public:
    explicit LineSource(std::istream& input) : input_(input) {}

    api::outcome<std::optional<std::string>> next() override {
        ++number_;
        std::string line;
        auto* buffer = input_.rdbuf();
        for (int c = buffer->sbumpc(); c != '\n'; c = buffer->sbumpc()) {
            if (c == std::char_traits<char>::eof()) {
                if (line.empty()) return std::optional<std::string>();
                break;
            }
            if (line.size() == kMaxLineBytes) {
                return api::failure(api::errc::bad_format, "line " + std::to_string(number_) +
                                                               " is longer than 1 MiB; is this a text file?");
            }
            line.push_back(static_cast<char>(c));
        }
        if (line.ends_with('\r')) line.pop_back();
        return std::optional(std::move(line));
    }

private:
    std::istream& input_;
    std::size_t number_ = 0;
};

class ColumnSource final : public TextSource {
public:
    ColumnSource(const data::DelimitedReader& reader, std::size_t column)
        : reader_(reader), column_(column) {}

    api::outcome<std::optional<std::string>> next() override {
        auto row = reader_.next();
        if (!row) return row.error();
        if (!*row) return std::optional<std::string>();
        auto& fields = (*row)->fields;
        if (column_ >= fields.size()) return std::optional<std::string>(std::in_place);
        return std::optional(std::move(fields[column_]));
    }

private:
    data::DelimitedReader reader_;
    std::size_t column_;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::optional<std::size_t> find_column(const std::vector<std::string>& header, const std::string& wanted) {
    const auto has_name = [&](const std::string& name) { return lower(name) == lower(wanted); };
    const auto found = std::find_if(header.begin(), header.end(), has_name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

std::optional<std::size_t> find_text_column(const std::vector<std::string>& header,
                                            const std::string& wanted) {
    if (!wanted.empty()) return find_column(header, wanted);
    for (const char* name : {"text", "sentence", "문장"}) {
        if (const auto column = find_column(header, name)) return column;
    }
    return std::nullopt;
}

/// Keeps the file open for as long as its texts are read.
class FileSource final : public TextSource {
public:
    FileSource(std::unique_ptr<std::ifstream> file, std::unique_ptr<TextSource> texts)
        : file_(std::move(file)), texts_(std::move(texts)) {}

    api::outcome<std::optional<std::string>> next() override { return texts_->next(); }

private:
    std::unique_ptr<std::ifstream> file_;
    std::unique_ptr<TextSource> texts_;
};

std::string first_line(std::istream& input) {
    std::string line;
    for (int c = input.get(); c != '\n' && c != std::char_traits<char>::eof() && line.size() < kMaxLineBytes;
         c = input.get()) {
        line.push_back(static_cast<char>(c));
    }
    input.clear();
    input.seekg(0);
    return line;
}

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name.substr(0, 40);
    return text;
}

}  // namespace

std::unique_ptr<TextSource> create_line_source(std::istream& input) {
    return std::make_unique<LineSource>(input);
}

api::outcome<std::unique_ptr<TextSource>> create_column_source(std::istream& input, char delimiter,
                                                               const std::string& column) {
    data::DelimitedReader reader(input, {.delimiter = delimiter});
    const auto header = reader.next();
    if (!header) return header.error();
    if (!*header)
        return api::failure(api::errc::bad_format, "the file is empty; the first line must name the columns");
    const auto& names = (*header)->fields;
    const auto index = find_text_column(names, column);
    if (!index) {
        return api::failure(api::errc::bad_format,
                            (column.empty() ? std::string("no column named text or sentence")
                                            : "no column named \"" + column + "\"") +
                                "; choose one with --column: " + join(names));
    }
    return std::unique_ptr<TextSource>(std::make_unique<ColumnSource>(reader, *index));
}

api::outcome<std::unique_ptr<TextSource>> open_text_source(const std::filesystem::path& path,
                                                           const std::string& column,
                                                           std::istream& standard_input) {
    if (path.empty()) {
        if (column.empty()) return create_line_source(standard_input);
        return create_column_source(standard_input, '\t', column);
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return api::failure(api::errc::io_error,
                            path.string() + ": is a folder; give a text, .csv or .tsv file");
    }
    auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
    if (!*file) return api::failure(api::errc::io_error, path.string() + ": cannot be opened");
    const auto extension = lower(path.extension().string());
    if (extension == ".xlsx" || extension == ".xls") {
        return api::failure(api::errc::bad_format, path.string() + ": is a workbook; save it as CSV first");
    }
    const bool is_table = !column.empty() || extension == ".csv" || extension == ".tsv";
    if (!is_table) {
        auto lines = create_line_source(*file);
        return std::unique_ptr<TextSource>(std::make_unique<FileSource>(std::move(file), std::move(lines)));
    }
    const auto delimiter = data::choose_delimiter(path, first_line(*file));
    auto table = create_column_source(*file, delimiter, column);
    if (!table) return table.error();
    return std::unique_ptr<TextSource>(std::make_unique<FileSource>(std::move(file), std::move(*table)));
}

}  // namespace nunchi::cli
