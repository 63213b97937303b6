#include "classifier/text/tokenizer_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "classifier/text/kobert_tokenizer.hpp"
#include "classifier/text/tokenizer_json_normalizer.hpp"

namespace nunchi::text {
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::string> find_unsupported(const SpieceModel& model) {
    if (model.model_type != SpieceModel::kUnigram || model.byte_fallback ||
        model.treat_whitespace_as_suffix) {
        return "the model is not a plain unigram model";
    }
    if (!model.add_dummy_prefix || !model.remove_extra_whitespaces || !model.escape_whitespaces) {
        return "the model switches the dummy prefix or a white space option off";
    }
    for (std::size_t id = 0; id < kSpecialTokens.size(); ++id) {
        if (id >= model.pieces.size() || model.pieces[id].text != kSpecialTokens[id]) {
            return "the model lacks KoBERT's special tokens at the ids 0 to 4";
        }
    }
    const bool is_plain = std::all_of(model.pieces.begin(), model.pieces.end(), [](const Piece& piece) {
        return piece.type == PieceType::normal || piece.type == PieceType::unknown ||
               piece.type == PieceType::user_defined;
    });
    if (!is_plain) return "the model holds control, unused or byte pieces";
    return std::nullopt;
}

/// Readers of tokenizer.json number added tokens by their order, so ids behind the vocabulary may leave no
/// gap.
bool are_contiguous(const std::vector<AddedToken>& sorted, std::size_t piece_count) {
    for (const AddedToken& token : sorted) {
        if (token.id < 0 || static_cast<std::size_t>(token.id) > piece_count) return false;
        if (static_cast<std::size_t>(token.id) == piece_count) ++piece_count;
    }
    return true;
}

Json special_token(std::int32_t id, std::string_view text) {
    return {{"id", id},        {"content", text},     {"single_word", false}, {"lstrip", id == kMaskId},
            {"rstrip", false}, {"normalized", false}, {"special", true}};
}

Json declared_token(const AddedToken& token) {
    return {{"id", token.id}, {"content", token.text}, {"single_word", false}, {"lstrip", true},
            {"rstrip", true}, {"normalized", false},   {"special", false}};
}

Json added_tokens_array(const std::vector<AddedToken>& sorted) {
    Json tokens = Json::array();
    for (std::size_t id = 0; id < kSpecialTokens.size(); ++id) {
        tokens.push_back(special_token(static_cast<std::int32_t>(id), kSpecialTokens[id]));
    }
    for (const AddedToken& token : sorted) tokens.push_back(declared_token(token));
    return tokens;
}

Json vocabulary(const SpieceModel& model) {
    Json vocab = Json::array();
    for (const Piece& piece : model.pieces) vocab.push_back({piece.text, static_cast<double>(piece.score)});
    return vocab;
}

Json template_special(std::string_view text, int type) {
    return {{"SpecialToken", {{"id", text}, {"type_id", type}}}};
}

Json template_sequence(std::string_view name, int type) {
    return {{"Sequence", {{"id", name}, {"type_id", type}}}};
}

Json post_processor() {
    const Json single = {template_special("[CLS]", 0), template_sequence("A", 0),
                         template_special("[SEP]", 0)};
    Json pair = single;
    pair.push_back(template_sequence("B", 1));
    pair.push_back(template_special("[SEP]", 1));
    Json tokens = Json::object();
    for (const auto& [text, id] : {std::pair{"[CLS]", kClsId}, std::pair{"[SEP]", kSepId}}) {
        tokens[text] = {{"id", text}, {"ids", Json::array({id})}, {"tokens", Json::array({text})}};
    }
    return {{"type", "TemplateProcessing"}, {"single", single}, {"pair", pair}, {"special_tokens", tokens}};
}

Json metaspace(std::string_view prepend_scheme) {
    return {{"type", "Metaspace"},
            {"replacement", "\u2581"},
            {"prepend_scheme", prepend_scheme},
            {"split", true}};
}

Json padding() {
    return {{"strategy", "BatchLongest"}, {"direction", "Right"}, {"pad_to_multiple_of", nullptr},
            {"pad_id", kPadId},           {"pad_type_id", 0},     {"pad_token", "[PAD]"}};
}

Json tokenizer_object(const SpieceModel& model, const std::vector<AddedToken>& sorted) {
    return {{"version", "1.0"},
            {"truncation", nullptr},
            {"padding", padding()},
            {"added_tokens", added_tokens_array(sorted)},
            {"normalizer", normalizer_object(model.precompiled_charsmap)},
            {"pre_tokenizer", metaspace("never")},
            {"post_processor", post_processor()},
            {"decoder", metaspace("always")},
            {"model",
             {{"type", "Unigram"},
              {"unk_id", model.unk_id},
              {"vocab", vocabulary(model)},
              {"byte_fallback", false}}}};
}

Json config_object(const std::vector<AddedToken>& sorted, std::size_t max_tokens) {
    Json decoder = Json::object();
    for (Json token : added_tokens_array(sorted)) {
        const std::string id = std::to_string(token["id"].get<std::int32_t>());
        token.erase("id");
        decoder[id] = std::move(token);
    }
    return {{"tokenizer_class", "PreTrainedTokenizerFast"},
            {"model_max_length", max_tokens},
            {"padding_side", "right"},
            {"truncation_side", "right"},
            {"clean_up_tokenization_spaces", false},
            {"model_input_names", {"input_ids", "token_type_ids", "attention_mask"}},
            {"unk_token", "[UNK]"},
            {"pad_token", "[PAD]"},
            {"cls_token", "[CLS]"},
            {"sep_token", "[SEP]"},
            {"mask_token", "[MASK]"},
            {"added_tokens_decoder", std::move(decoder)}};
}

std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

api::outcome<TokenizerFiles> tokenizer_files(const SpieceModel& model, const std::vector<AddedToken>& added,
                                             std::size_t max_tokens) {
    const auto refused = [](const std::string& why) {
        return api::failure(api::errc::not_supported, "tokenizer.json cannot be written: " + why);
    };
    if (const auto why = find_unsupported(model)) return refused(*why);
    std::vector<AddedToken> sorted = added;
    std::sort(sorted.begin(), sorted.end(),
              [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
    if (!are_contiguous(sorted, model.pieces.size())) {
        return refused("the ids of the added tokens must follow the vocabulary of " +
                       std::to_string(model.pieces.size()) + " pieces without a gap");
    }
    return TokenizerFiles{dumped(tokenizer_object(model, sorted), -1),
                          dumped(config_object(sorted, max_tokens), 2)};
}

}  // namespace nunchi::text
