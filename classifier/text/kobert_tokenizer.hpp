// The KoBERT tokenizer: text to the ids that KoBERTTokenizer (SKTBrain/KoBERT, kobert_hf) gives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/text/kobert_tokenizer_literals.hpp"

namespace nunchi::text {

inline constexpr std::int32_t kUnkId = 0;
inline constexpr std::int32_t kPadId = 1;
inline constexpr std::int32_t kClsId = 2;
inline constexpr std::int32_t kSepId = 3;
inline constexpr std::int32_t kMaskId = 4;

/// The literals of the five ids above, in their order.
inline constexpr std::array<std::string_view, 5> kSpecialTokens{"[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"};

/// What special tokens that stand in the text itself become.
enum class SpecialText {
    literal,  // their ids, as KoBERTTokenizer does: for parity with notebooks and golden tests
    guarded,  // ordinary text: the ids 1 to 4 never come from the text, however it is disguised
};

class KobertTokenizer {
public:
    /// Reads and checks a SentencePiece unigram model in which the five special tokens have the ids 0 to 4.
    /// An added token is either a piece of the model, with that piece's id, or has an id at or above the
    /// model's piece count. Fails with errc::io_error, bad_format or not_supported.
    static api::outcome<KobertTokenizer> load(const std::filesystem::path& spiece,
                                              std::vector<AddedToken> added = {});

    KobertTokenizer(KobertTokenizer&&) noexcept;
    KobertTokenizer& operator=(KobertTokenizer&&) noexcept;
    ~KobertTokenizer();

    // The following are safe to call from several threads at once. They take any bytes (ill-formed UTF-8 is
    // read as U+FFFD) and run in time linear in the text's length.

    /// The ids of the text, without [CLS] and [SEP]. Neighbouring characters that no piece covers are one
    /// [UNK].
    std::vector<std::int32_t> tokenize(std::string_view utf8, SpecialText mode) const;

    /// The pieces that tokenize() gives the ids of, for people and tests; [UNK] shows as the text it stands
    /// for.
    std::vector<std::string> pieces(std::string_view utf8, SpecialText mode) const;

    /// [CLS], the first max_tokens - 2 ids of the text, [SEP]. max_tokens is at least 2.
    std::vector<std::int32_t> encode(std::string_view utf8, std::size_t max_tokens, SpecialText mode) const;

    struct Pair {
        std::vector<std::int32_t> ids;          // [CLS] first [SEP] second [SEP]
        std::vector<std::int32_t> token_types;  // 0 up to the first [SEP], then 1; as long as ids
    };
    Pair encode_pair(std::string_view first, std::string_view second, SpecialText mode) const;

    const std::vector<AddedToken>& added_tokens() const;

    /// One more than the highest id: the rows that the model's embedding table needs.
    std::size_t vocabulary_size() const;

private:
    struct State;
    explicit KobertTokenizer(std::unique_ptr<const State> state);

    std::unique_ptr<const State> state_;
};

}  // namespace nunchi::text
