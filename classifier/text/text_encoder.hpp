// What stands in front of every TokenClassifier: chat text to the token ids of one model.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/text/kobert_tokenizer.hpp"
#include "classifier/text/normaliser.hpp"

namespace nunchi::text {

class TextEncoder {
public:
    struct Options {
        int normaliser_version = 0;   // the one the model was trained with; 0: text is taken as it stands
        std::size_t max_tokens = 64;  // with [CLS] and [SEP], at least 2
        std::string model_hash;       // copied into every Encoded
    };

    /// The normaliser uses the tokenizer's added tokens and no others. Fails with errc::not_supported when
    /// this build does not have the normaliser version, or max_tokens is under 2.
    static api::outcome<TextEncoder> create(KobertTokenizer tokenizer, Options options);

    /// Takes any bytes. The text's special tokens are guarded: [CLS] and [SEP] in the answer are ours.
    /// Safe to call from several threads at once.
    api::Encoded encode(std::string_view text) const;

    const KobertTokenizer& tokenizer() const { return tokenizer_; }

private:
    TextEncoder(KobertTokenizer tokenizer, Options options, std::optional<Normaliser> normaliser);

    KobertTokenizer tokenizer_;
    Options options_;
    std::optional<Normaliser> normaliser_;
};

}  // namespace nunchi::text
