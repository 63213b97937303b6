// A SentencePiece vocabulary for a new encoder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::trainer {

struct VocabularyOptions {
    std::vector<std::filesystem::path> files;  // UTF-8 text, one sentence a line; .gz is not read
    int size = 8002;
    double character_coverage = 0.9995;
    std::size_t max_sentences = 1'000'000;  // the first ones, in the order of the files
};

struct VocabularyReport {
    std::size_t sentences = 0;
    std::size_t pieces = 0;
};

/// Trains a unigram model on normalised chat and writes it to `output`. It has KoBERT's special ids ([UNK] 0,
/// [PAD] 1, [CLS] 2, [SEP] 3, [MASK] 4), then every concept token of the normaliser as a piece of its own,
/// and KoBERT's text normalisation (nmt_nfkc). A Failure names an unreadable file or too little text.
api::outcome<VocabularyReport> train_vocabulary(const VocabularyOptions& options,
                                                const std::filesystem::path& output);

}  // namespace nunchi::trainer
