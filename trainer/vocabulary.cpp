#include "trainer/vocabulary.hpp"

#include <sentencepiece_trainer.h>

#include <fstream>
#include <set>
#include <string>

#include "classifier/text/normaliser.hpp"
#include "classifier/text/spiece_proto.hpp"

namespace nunchi::trainer {
namespace {

constexpr std::size_t kMaxLineBytes = 4192;  // SentencePiece leaves longer ones out

std::set<std::string> concept_literals() {
    std::set<std::string> literals;
    for (const auto& token : text::concept_tokens()) literals.emplace(token.token);
    return literals;
}

/// The lines of several files, normalised, as SentencePiece asks for them.
class NormalisedLines final : public sentencepiece::SentenceIterator {
public:
    NormalisedLines(const VocabularyOptions& options) : options_(options), normaliser_(concept_literals()) {
        Next();
    }

    bool done() const override { return done_; }
    const std::string& value() const override { return value_; }
    sentencepiece::util::Status status() const override { return {}; }

    void Next() override {
        std::string line;
        while (count_ < options_.max_sentences && next_line(line)) {
            value_ = normaliser_(line);
            if (value_.empty() || value_.size() > kMaxLineBytes) continue;
            ++count_;
            return;
        }
        done_ = true;
    }

    std::size_t count() const { return count_; }

private:
    bool next_line(std::string& line) {
        while (!std::getline(in_, line)) {
            if (next_file_ == options_.files.size()) return false;
            in_ = std::ifstream(options_.files[next_file_++], std::ios::binary);
        }
        return true;
    }

    const VocabularyOptions& options_;
    text::Normaliser normaliser_;
    std::size_t next_file_ = 0;
    std::ifstream in_{options_.files.at(next_file_++), std::ios::binary};
    std::string value_;
    std::size_t count_ = 0;
    bool done_ = false;
};

std::string user_defined_symbols() {
    std::string symbols = "[PAD],[CLS],[SEP],[MASK]";
    for (const auto& token : text::concept_tokens()) symbols += "," + std::string(token.token);
    return symbols;
}

}  // namespace

api::outcome<VocabularyReport> train_vocabulary(const VocabularyOptions& options,
                                                const std::filesystem::path& output) {
    for (const auto& file : options.files) {
        if (!std::ifstream(file))
            return api::failure(api::errc::io_error, file.string() + ": cannot be opened");
    }
    if (options.files.empty()) return api::failure(api::errc::io_error, "no text file was given");
    NormalisedLines lines(options);
    std::string model;
    const auto status = sentencepiece::SentencePieceTrainer::Train(
        {{"model_type", "unigram"},
         {"vocab_size", std::to_string(options.size)},
         {"character_coverage", std::to_string(options.character_coverage)},
         {"normalization_rule_name", "nmt_nfkc"},
         {"unk_id", "0"},
         {"unk_piece", "[UNK]"},
         {"pad_id", "-1"},
         {"bos_id", "-1"},
         {"eos_id", "-1"},
         {"user_defined_symbols", user_defined_symbols()},
         {"input_sentence_size", "0"},
         {"num_threads", "2"},
         {"minloglevel", "1"}},
        &lines, &model);
    if (!status.ok()) {
        return api::failure(api::errc::bad_format, "SentencePiece cannot train a vocabulary of " +
                                                       std::to_string(options.size) +
                                                       " pieces from this text: " + status.ToString());
    }
    std::ofstream out(output, std::ios::binary | std::ios::trunc);
    out.write(model.data(), static_cast<std::streamsize>(model.size()));
    out.close();
    if (!out) return api::failure(api::errc::io_error, output.string() + ": cannot be written");
    const auto parsed = text::parse_spiece(std::as_bytes(std::span(model)));
    if (!parsed) return parsed.error();
    return VocabularyReport{lines.count(), parsed->pieces.size()};
}

}  // namespace nunchi::trainer
