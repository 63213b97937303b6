#include "trainer/start.hpp"

#include <span>
#include <string>
#include <utility>

#include "classifier/model/bert_file.hpp"
#include "classifier/model_folder/model_folder.hpp"
#include "classifier/text/normaliser.hpp"
#include "classifier/text/spiece_proto.hpp"
#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

std::vector<std::string> emotion_names() {
    std::vector<std::string> names;
    names.reserve(api::kEmotions.size());
    for (const auto emotion : api::kEmotions) names.emplace_back(api::korean_name(emotion));
    return names;
}

/// The normaliser's tokens that the vocabulary has as pieces of its own.
std::vector<api::AddedToken> concept_pieces(const text::SpieceModel& spiece) {
    std::vector<api::AddedToken> tokens;
    for (std::size_t id = 0; id < spiece.pieces.size(); ++id) {
        for (const auto& token : text::concept_tokens()) {
            if (spiece.pieces[id].text != token.token) continue;
            tokens.push_back({std::string(token.token), static_cast<std::int32_t>(id)});
        }
    }
    return tokens;
}

api::outcome<Start> start_from_random(const StartOptions& options) {
    const auto bytes = text::read_spiece_file(options.spiece);
    if (!bytes) return bytes.error();
    const auto spiece = text::parse_spiece(std::as_bytes(std::span(*bytes)));
    if (!spiece) return spiece.error();

    Start start;
    start.config = options.config;
    start.config.vocab_size = static_cast<std::int64_t>(spiece->pieces.size());
    start.config.labels.clear();
    start.weights = model::empty_weights(start.config);
    initialise(start.weights, start.config, options.seed);
    start.spiece = options.spiece;
    start.base = "random weights";
    if (options.uses_normaliser) start.added_tokens = concept_pieces(*spiece);
    return start;
}

/// With the base's own head, where it has one.
api::outcome<Start> start_from_base(const StartOptions& options) {
    const auto folder = model_folder::open_model_folder(options.base);
    if (!folder) return folder.error();
    auto weights = model::load_bert(folder->weights_file(), folder->config, model::Head::optional);
    if (!weights) return weights.error();
    return Start{folder->config,
                 std::move(*weights),
                 folder->spiece_file(),
                 folder->manifest.added_tokens,
                 {{"weights_sha256", folder->weights_hash}, {"provenance", folder->manifest.provenance}}};
}

/// Ids beyond the embeddings would end training at the first sentence that has one, hours in.
api::outcome<void> check_fit(const StartOptions& options, const Start& start, std::size_t pieces) {
    const auto& config = start.config;
    if (options.max_tokens > static_cast<std::size_t>(config.max_position_embeddings)) {
        return api::failure(api::errc::bad_format,
                            "--max-tokens " + std::to_string(options.max_tokens) +
                                " is more than the model has positions; take at most " +
                                std::to_string(config.max_position_embeddings));
    }
    if (pieces > static_cast<std::size_t>(config.vocab_size)) {
        return api::failure(api::errc::bad_format,
                            start.spiece.string() + ": has " + std::to_string(pieces) +
                                " pieces with the added tokens, and config.json says vocab_size " +
                                std::to_string(config.vocab_size) +
                                "; the files do not belong to the same model");
    }
    return {};
}

api::outcome<Start> start(const StartOptions& options) {
    return options.base.empty() ? start_from_random(options) : start_from_base(options);
}

}  // namespace

api::outcome<Start> start_encoder(const StartOptions& options) {
    auto started = start(options);
    if (!started) return started;
    started->config.labels.clear();
    started->weights.classifier = {};
    return started;
}

api::outcome<Start> start_classifier(const StartOptions& options) {
    auto started = start(options);
    if (!started) return started;
    const bool keeps_head =
        started->weights.classifier.weight.defined() && started->config.labels == emotion_names();
    started->config.labels = emotion_names();
    if (!keeps_head) initialise_head(started->weights, started->config, options.seed);
    return started;
}

api::outcome<text::TextEncoder> create_encoder(const StartOptions& options, const Start& start) {
    auto tokenizer = text::KobertTokenizer::load(start.spiece, start.added_tokens);
    if (!tokenizer) return tokenizer.error();
    if (auto fits = check_fit(options, start, tokenizer->vocabulary_size()); !fits) return fits.error();
    return text::TextEncoder::create(
        std::move(*tokenizer), {.normaliser_version = options.uses_normaliser ? text::kNormaliserVersion : 0,
                                .max_tokens = options.max_tokens,
                                .model_hash = ""});
}

}  // namespace nunchi::trainer
