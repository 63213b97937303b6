#include "classifier/text/kobert_tokenizer.hpp"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>

#include "classifier/text/kobert_tokenizer_cleanup.hpp"
#include "classifier/text/kobert_tokenizer_unknown_runs.hpp"
#include "classifier/text/spiece_proto.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

using Ids = std::vector<std::int32_t>;
using Processor = sentencepiece::SentencePieceProcessor;

/// Ids that frame or fill sequences; [UNK] is not among them, for it is what unknown text honestly becomes.
bool is_framing_id(std::int32_t id) {
    return id >= kPadId && id <= kMaskId;
}

/// After clean_like_kobert every bracket that NFKC makes of another character stands as '['.
std::string with_space_behind_brackets(std::string_view clean) {
    std::string out;
    out.reserve(clean.size() + 16);
    for (const char c : clean) {
        out.push_back(c);
        if (c == '[') out.push_back(' ');
    }
    return out;
}

std::string in_quotes(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

std::optional<std::string> find_unsupported(const SpieceModel& model) {
    if (model.model_type != SpieceModel::kUnigram) {
        return "is not a unigram model; KoBERT tokenizers are";
    }
    if (model.byte_fallback || model.treat_whitespace_as_suffix) {
        return "was trained with byte_fallback or treat_whitespace_as_suffix; train it without";
    }
    for (std::size_t id = 0; id < kSpecialTokens.size(); ++id) {
        if (id < model.pieces.size() && model.pieces[id].text == kSpecialTokens[id]) continue;
        return "has no piece " + in_quotes(kSpecialTokens[id]) + " with id " + std::to_string(id) +
               "; KoBERT's special tokens are [UNK] 0, [PAD] 1, [CLS] 2, [SEP] 3, [MASK] 4";
    }
    return std::nullopt;
}

std::optional<std::string> added_token_fault(const AddedToken& token, const SpieceModel& model) {
    if (token.text.empty()) return "has no text";
    if (valid_utf8(token.text) != token.text) return "is not valid UTF-8";
    const auto piece = std::find_if(model.pieces.begin(), model.pieces.end(),
                                    [&](const Piece& candidate) { return candidate.text == token.text; });
    const auto piece_id = static_cast<std::int32_t>(piece - model.pieces.begin());
    if (piece_id < static_cast<std::int32_t>(kSpecialTokens.size())) return "is a special token already";
    if (piece != model.pieces.end()) {
        if (token.id == piece_id) return std::nullopt;
        return "has id " + std::to_string(token.id) + ", but it is piece " + std::to_string(piece_id) +
               " of the tokenizer";
    }
    if (token.id >= piece_id) return std::nullopt;
    return "has id " + std::to_string(token.id) +
           ", which is a piece of the tokenizer; the first free id is " + std::to_string(piece_id);
}

std::optional<std::string> find_added_token_fault(const std::vector<AddedToken>& added,
                                                  const SpieceModel& model) {
    std::unordered_set<std::string_view> texts;
    std::unordered_set<std::int32_t> ids;
    for (const AddedToken& token : added) {
        auto fault = added_token_fault(token, model);
        if (!fault && !texts.insert(token.text).second) fault = "is declared twice";
        if (!fault && !ids.insert(token.id).second) fault = "shares its id with another added token";
        if (fault) return "added token " + in_quotes(valid_utf8(token.text)) + " " + *fault;
    }
    return std::nullopt;
}

std::vector<AddedToken> with_special_tokens(std::vector<AddedToken> literals) {
    for (std::size_t id = 0; id < kSpecialTokens.size(); ++id) {
        literals.push_back({std::string(kSpecialTokens[id]), static_cast<std::int32_t>(id)});
    }
    return literals;
}

std::size_t row_count(std::size_t pieces, const std::vector<AddedToken>& added) {
    for (const AddedToken& token : added) pieces = std::max(pieces, static_cast<std::size_t>(token.id) + 1);
    return pieces;
}

}  // namespace

struct KobertTokenizer::State {
    State(std::vector<AddedToken> tokens, const SpieceModel& model)
        : unknown_runs(model),
          added(std::move(tokens)),
          vocabulary_size(row_count(model.pieces.size(), added)),
          added_splitter(added),
          literal_splitter(with_special_tokens(added)) {}

    Processor processor;
    UnknownRuns unknown_runs;
    std::vector<AddedToken> added;
    std::size_t vocabulary_size;
    LiteralSplitter added_splitter;
    LiteralSplitter literal_splitter;

    const LiteralSplitter& splitter(SpecialText mode) const {
        return mode == SpecialText::literal ? literal_splitter : added_splitter;
    }

    /// Encode of a loaded processor fails only on a null pointer, so its status says nothing.
    template <typename Piece>
    std::vector<Piece> run(std::string_view clean) const {
        std::vector<Piece> out;
        const auto status = processor.Encode(clean, &out);
        assert(status.ok());
        static_cast<void>(status);
        return out;
    }

    struct Read {
        std::string clean;  // what SentencePiece was given
        Ids ids;
    };

    /// A text without literals. In guarded mode brackets are kept apart from what follows when the text would
    /// spell a special token; the encoding itself has seen through full-width forms, zero-width characters
    /// and the like.
    Read read(std::string_view text, SpecialText mode) const {
        Read result;
        result.clean = unknown_runs.shortened(clean_like_kobert(text));
        result.ids = run<int>(result.clean);
        if (mode == SpecialText::guarded &&
            std::any_of(result.ids.begin(), result.ids.end(), is_framing_id)) {
            result.clean = with_space_behind_brackets(result.clean);
            result.ids = run<int>(result.clean);
            // Only a model whose character map makes brackets of its own gets here with such an id.
            std::replace_if(result.ids.begin(), result.ids.end(), is_framing_id, kUnkId);
        }
        return result;
    }
};

KobertTokenizer::KobertTokenizer(std::unique_ptr<const State> state) : state_(std::move(state)) {}
KobertTokenizer::KobertTokenizer(KobertTokenizer&&) noexcept = default;
KobertTokenizer& KobertTokenizer::operator=(KobertTokenizer&&) noexcept = default;
KobertTokenizer::~KobertTokenizer() = default;

api::outcome<KobertTokenizer> KobertTokenizer::load(const std::filesystem::path& spiece,
                                                    std::vector<AddedToken> added) {
    const auto with_path = [&](api::errc code, const std::string& fault) {
        return api::failure(code, spiece.string() + ": " + fault);
    };
    const auto bytes = read_spiece_file(spiece);
    if (!bytes) return bytes.error();
    const auto model = parse_spiece(std::as_bytes(std::span(*bytes)));
    if (!model) return api::Failure{model.error().code, spiece.string() + ": " + model.error().message};
    if (const auto fault = find_unsupported(*model)) return with_path(api::errc::not_supported, *fault);
    if (const auto fault = find_added_token_fault(added, *model)) {
        return with_path(api::errc::bad_format, *fault);
    }
    auto state = std::make_unique<State>(std::move(added), *model);
    const auto status = state->processor.LoadFromSerializedProto(*bytes);
    if (!status.ok()) return with_path(api::errc::bad_format, status.ToString());
    return KobertTokenizer(std::move(state));
}

std::vector<std::int32_t> KobertTokenizer::tokenize(std::string_view utf8, SpecialText mode) const {
    Ids ids;
    for (const auto& segment : state_->splitter(mode).split(utf8)) {
        if (segment.id == LiteralSplitter::kPlain) {
            const Ids inner = state_->read(segment.text, mode).ids;
            ids.insert(ids.end(), inner.begin(), inner.end());
        } else {
            ids.push_back(segment.id);
        }
    }
    return ids;
}

std::vector<std::string> KobertTokenizer::pieces(std::string_view utf8, SpecialText mode) const {
    std::vector<std::string> pieces;
    for (const auto& segment : state_->splitter(mode).split(utf8)) {
        if (segment.id == LiteralSplitter::kPlain) {
            const auto inner = state_->run<std::string>(state_->read(segment.text, mode).clean);
            pieces.insert(pieces.end(), inner.begin(), inner.end());
        } else {
            pieces.emplace_back(segment.text);
        }
    }
    return pieces;
}

std::vector<std::int32_t> KobertTokenizer::encode(std::string_view utf8, std::size_t max_tokens,
                                                  SpecialText mode) const {
    assert(max_tokens >= 2);
    Ids ids = tokenize(utf8, mode);
    ids.resize(std::min(ids.size(), max_tokens - 2));
    ids.insert(ids.begin(), kClsId);
    ids.push_back(kSepId);
    return ids;
}

KobertTokenizer::Pair KobertTokenizer::encode_pair(std::string_view first, std::string_view second,
                                                   SpecialText mode) const {
    Pair pair;
    pair.ids = tokenize(first, mode);
    pair.ids.insert(pair.ids.begin(), kClsId);
    pair.ids.push_back(kSepId);
    pair.token_types.assign(pair.ids.size(), 0);
    const Ids rest = tokenize(second, mode);
    pair.ids.insert(pair.ids.end(), rest.begin(), rest.end());
    pair.ids.push_back(kSepId);
    pair.token_types.resize(pair.ids.size(), 1);
    return pair;
}

const std::vector<AddedToken>& KobertTokenizer::added_tokens() const {
    return state_->added;
}

std::size_t KobertTokenizer::vocabulary_size() const {
    return state_->vocabulary_size;
}

}  // namespace nunchi::text
