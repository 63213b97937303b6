// A reader of SentencePiece's .model file (a protobuf ModelProto), for untrusted bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::text {

/// The values of sentencepiece_model.proto.
enum class PieceType : std::uint8_t {
    normal = 1,        // an ordinary piece, in the Viterbi lattice with its score
    unknown = 2,       // stands for what no piece covers; every model has exactly one
    control = 3,       // never comes from text
    user_defined = 4,  // always wins in the lattice and is shielded from normalisation
    unused = 5,        // kept for its id, never comes from text
    byte = 6,          // one byte, for models with byte fallback
};

struct Piece {
    std::string text;
    float score = 0.0F;
    PieceType type = PieceType::normal;
};

/// What of a ModelProto decides about ids. The defaults are those of sentencepiece_model.proto: KoBERT's file
/// leaves most fields out and means the defaults, not zero.
struct SpieceModel {
    static constexpr std::int32_t kUnigram = 1;

    std::vector<Piece> pieces;  // index = id
    std::int32_t model_type = kUnigram;
    std::int32_t unk_id = 0;  // of the one piece of type unknown
    bool treat_whitespace_as_suffix = false;
    bool byte_fallback = false;
    std::string normaliser_name;       // for people, for example nmt_nfkc
    std::string precompiled_charsmap;  // trie and replacements; empty: no character map
    bool add_dummy_prefix = true;
    bool remove_extra_whitespaces = true;
    bool escape_whitespaces = true;
};

inline constexpr std::size_t kMaxSpieceBytes = std::size_t{64} << 20;

/// Reads a .model. Whatever passes is safe to hand to SentencePiece, which itself trusts its file: pieces are
/// distinct, not empty, valid UTF-8 without NUL, scores are finite, exactly one piece is of type unknown, and
/// no walk through the character map leaves it. Never throws. Fails with errc::bad_format, or with
/// errc::not_supported over kMaxSpieceBytes; the message names the piece or the byte offset.
api::outcome<SpieceModel> parse_spiece(std::span<const std::byte> bytes);

/// The bytes of the file, at most kMaxSpieceBytes of them. Fails with errc::io_error or errc::not_supported.
api::outcome<std::string> read_spiece_file(const std::filesystem::path& path);

}  // namespace nunchi::text
