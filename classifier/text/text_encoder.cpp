#include "classifier/text/text_encoder.hpp"

#include <chrono>
#include <set>
#include <utility>

namespace nunchi::text {
namespace {

Normaliser make_normaliser(const KobertTokenizer& tokenizer) {
    std::set<std::string> declared;
    for (const AddedToken& token : tokenizer.added_tokens()) declared.insert(token.text);
    return Normaliser(declared);
}

}  // namespace

TextEncoder::TextEncoder(KobertTokenizer tokenizer, Options options, std::optional<Normaliser> normaliser)
    : tokenizer_(std::move(tokenizer)), options_(std::move(options)), normaliser_(normaliser) {}

api::outcome<TextEncoder> TextEncoder::create(KobertTokenizer tokenizer, Options options) {
    if (options.max_tokens < 2) {
        return api::failure(api::errc::not_supported, "max_tokens is " + std::to_string(options.max_tokens) +
                                                          ": [CLS] and [SEP] need 2; set it to 64");
    }
    const int version = options.normaliser_version;
    if (version != 0 && version != kNormaliserVersion) {
        return api::failure(api::errc::not_supported,
                            "the model was trained with normaliser version " + std::to_string(version) +
                                ", this build has the versions 0 (none) and " +
                                std::to_string(kNormaliserVersion) +
                                "; use the Nunchi release that made the model, or train it again");
    }
    std::optional<Normaliser> normaliser;
    if (version != 0) normaliser = make_normaliser(tokenizer);
    return TextEncoder(std::move(tokenizer), std::move(options), normaliser);
}

api::Encoded TextEncoder::encode(std::string_view text) const {
    const auto start = std::chrono::steady_clock::now();
    api::Encoded encoded;
    encoded.ids = normaliser_
                      ? tokenizer_.encode((*normaliser_)(text), options_.max_tokens, SpecialText::guarded)
                      : tokenizer_.encode(text, options_.max_tokens, SpecialText::guarded);
    encoded.normaliser_version = options_.normaliser_version;
    encoded.model_hash = options_.model_hash;
    encoded.tokenization = std::chrono::steady_clock::now() - start;
    return encoded;
}

}  // namespace nunchi::text
