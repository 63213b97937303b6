#include "classifier/model_folder/folder_encoder.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::model_folder {

api::outcome<text::TextEncoder> create_encoder(const ModelFolder& folder, std::size_t max_tokens) {
    auto tokenizer = text::KobertTokenizer::load(folder.spiece_file(), folder.manifest.added_tokens);
    if (!tokenizer) return tokenizer.error();
    if (tokenizer->vocabulary_size() > static_cast<std::size_t>(folder.config.vocab_size)) {
        return api::failure(
            api::errc::bad_format,
            folder.spiece_file().string() + ": has " + std::to_string(tokenizer->vocabulary_size()) +
                " pieces with the added tokens, and config.json says vocab_size " +
                std::to_string(folder.config.vocab_size) + "; the files do not belong to the same model");
    }
    const auto positions = static_cast<std::size_t>(folder.config.max_position_embeddings);
    return text::TextEncoder::create(std::move(*tokenizer),
                                     {.normaliser_version = folder.manifest.normaliser_version,
                                      .max_tokens = std::min(max_tokens, positions),
                                      .model_hash = folder.weights_hash});
}

}  // namespace nunchi::model_folder
