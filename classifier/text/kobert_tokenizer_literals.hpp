// Splitting text on token literals such as [SEP] or <cry>, before SentencePiece sees the rest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/added_token.hpp"

namespace nunchi::text {

using api::AddedToken;

class LiteralSplitter {
public:
    static constexpr std::int32_t kPlain = -1;

    struct Segment {
        std::string_view text;     // points into the split text; never empty
        std::int32_t id = kPlain;  // of the literal, or kPlain for the text between literals
    };

    explicit LiteralSplitter(std::vector<AddedToken> literals);

    /// From left to right, the longest literal first, as the added-token trie of Hugging Face's slow
    /// tokenizers.
    std::vector<Segment> split(std::string_view text) const;

private:
    const AddedToken* literal_at(std::string_view text, std::size_t at) const;

    std::vector<AddedToken> literals_;        // longest first
    std::array<bool, 256> begins_literal_{};  // by first byte
};

}  // namespace nunchi::text
