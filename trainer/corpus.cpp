#include "trainer/corpus.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>

#include "trainer/data/delimited.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kFewestIds = 5;  // [CLS], three pieces, [SEP]

void add(Corpus& corpus, const std::string& text, std::int64_t rating, const text::TextEncoder& encoder) {
    auto ids = encoder.encode(text).ids;
    if (ids.size() < kFewestIds) return;
    corpus.ids.push_back(std::move(ids));
    corpus.ratings.push_back(rating);
}

std::int64_t parse_rating(const std::string& text) {
    std::int64_t rating = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rating);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole && rating >= 1 && rating <= kRatings ? rating - 1 : Corpus::kNoRating;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

api::Failure in_file(const std::string& name, const api::Failure& failure) {
    return {failure.code, name + ": " + failure.message};
}

api::outcome<void> add_table(Corpus& corpus, std::istream& in, const std::string& name,
                             const text::TextEncoder& encoder, std::size_t max_sentences) {
    // Plain tab-separated text, as corpora come: quotation marks are part of the sentences.
    data::DelimitedReader reader(in, {.delimiter = '\t', .quotes = false});
    const auto header = reader.next();
    if (!header) return in_file(name, header.error());
    const auto text = *header ? column((*header)->fields, "text") : std::nullopt;
    if (!text) {
        return api::failure(api::errc::bad_format,
                            name + ": the first line must name a column text (and may name a column rating)");
    }
    const auto rating = column((*header)->fields, "rating");
    while (corpus.size() < max_sentences) {
        const auto row = reader.next();
        if (!row) return in_file(name, row.error());
        if (!*row) break;
        const auto& fields = (*row)->fields;
        if (*text >= fields.size()) continue;
        const auto stars =
            rating && *rating < fields.size() ? parse_rating(fields[*rating]) : Corpus::kNoRating;
        add(corpus, fields[*text], stars, encoder);
    }
    return {};
}

}  // namespace

api::outcome<void> add_to_corpus(Corpus& corpus, const std::filesystem::path& file,
                                 const text::TextEncoder& encoder, std::size_t max_sentences) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return api::failure(api::errc::io_error, file.string() + ": cannot be opened");
    if (file.extension() == ".tsv") return add_table(corpus, in, file.string(), encoder, max_sentences);
    for (std::string line; corpus.size() < max_sentences && std::getline(in, line);) {
        add(corpus, line, Corpus::kNoRating, encoder);
    }
    return {};
}

}  // namespace nunchi::trainer
