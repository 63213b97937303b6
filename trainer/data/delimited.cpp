#include "trainer/data/delimited.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nunchi::data {
namespace {

constexpr int kEnd = std::char_traits<char>::eof();

}  // namespace

char choose_delimiter(const std::filesystem::path& path, std::string_view header_line) {
    const std::string extension = path.extension().string();
    if (extension == ".tsv" || extension == ".tab") return '\t';
    const auto count = [&](char c) { return std::ranges::count(header_line, c); };
    if (extension == ".csv" && count(',') > 0) return ',';
    constexpr std::array kCandidates{',', '\t', ';'};
    return *std::ranges::max_element(kCandidates, {}, count);
}

DelimitedReader::DelimitedReader(std::istream& input, DelimitedOptions options)
    : input_(*input.rdbuf()), options_(options) {}

api::outcome<std::optional<DelimitedRow>> DelimitedReader::next() {
    if (!is_started_ && !skip_byte_order_mark()) {
        return fail(api::errc::not_supported, 1, "the text is UTF-16; save it as UTF-8 (Excel: CSV UTF-8)");
    }
    if (is_at_end_ || input_.sgetc() == kEnd) return std::nullopt;

    DelimitedRow row{.line = line_, .fields = {}};
    for (;;) {
        if (row.fields.size() == options_.max_fields)
            return fail(api::errc::bad_format, row.line, "too many fields");
        const std::size_t field_line = line_;
        switch (read_field(row.fields.emplace_back())) {
            case Ending::delimiter: break;
            case Ending::row: return row;
            case Ending::too_long:
                return fail(api::errc::bad_format, field_line,
                            "a field is too long; is a quotation mark at its start never closed?");
            case Ending::unclosed:
                return fail(api::errc::bad_format, field_line, "a quotation mark is opened and never closed");
        }
    }
}

/// False: the text is UTF-16.
bool DelimitedReader::skip_byte_order_mark() {
    is_started_ = true;
    constexpr std::array kMark{0xEF, 0xBB, 0xBF};
    const int first = input_.sgetc();
    if (first == 0xFE || first == 0xFF) return false;
    if (first != kMark[0]) return true;
    // The stream cannot go back: no valid text begins with a part of the mark, so what matches of it is
    // dropped.
    for (std::size_t i = 0; i < kMark.size() && input_.sgetc() == kMark[i]; ++i) input_.sbumpc();
    return true;
}

DelimitedReader::Ending DelimitedReader::read_field(std::string& field) {
    if (!options_.quotes || input_.sgetc() != '"') return read_plain(field);
    take();
    const Ending ending = read_quoted(field);
    return ending == Ending::delimiter ? read_plain(field) : ending;
}

/// Up to the closing mark; Ending::delimiter then stands for "closed".
DelimitedReader::Ending DelimitedReader::read_quoted(std::string& field) {
    for (int c = take(); c != kEnd; c = take()) {
        if (c == '"') {
            if (input_.sgetc() != '"') return Ending::delimiter;
            take();
        }
        if (field.size() == options_.max_field_bytes) return Ending::too_long;
        field += static_cast<char>(c);
    }
    return Ending::unclosed;
}

DelimitedReader::Ending DelimitedReader::read_plain(std::string& field) {
    for (int c = take(); c != kEnd; c = take()) {
        if (c == '\n') return Ending::row;
        if (c == '\r') {
            if (input_.sgetc() == '\n') take();
            return Ending::row;
        }
        if (c == static_cast<unsigned char>(options_.delimiter)) return Ending::delimiter;
        if (field.size() == options_.max_field_bytes) return Ending::too_long;
        field += static_cast<char>(c);
    }
    return Ending::row;
}

int DelimitedReader::take() {
    const int c = input_.sbumpc();
    if (c == '\n' || (c == '\r' && input_.sgetc() != '\n')) ++line_;
    return c;
}

api::Failure DelimitedReader::fail(api::errc code, std::size_t line, std::string_view what) {
    is_at_end_ = true;
    return api::failure(code, "line " + std::to_string(line) + ": " + std::string(what));
}

}  // namespace nunchi::data
