// Plain text for pre-training, as token ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/text/text_encoder.hpp"

namespace nunchi::trainer {

struct Corpus {
    std::vector<std::vector<std::int32_t>> ids;  // [CLS] pieces [SEP], by sentence
    std::vector<std::int64_t> ratings;           // by sentence, from 0; kNoRating where there is none

    static constexpr std::int64_t kNoRating = -100;  // what libtorch's cross-entropy leaves out

    std::size_t size() const { return ids.size(); }
};

/// Highest rating; ratings run from 1 to this, as NSMC's stars.
inline constexpr std::int64_t kRatings = 10;

/// Adds a file's sentences: of a .tsv the column `text`, with the column `rating` (1 to 10) where it has one;
/// of any other file every line. Sentences under three pieces teach nothing and are left out, as is what
/// comes after `max_sentences`. A Failure names the file and what is wrong with it.
api::outcome<void> add_to_corpus(Corpus& corpus, const std::filesystem::path& file,
                                 const text::TextEncoder& encoder, std::size_t max_sentences);

}  // namespace nunchi::trainer
