#include "classifier/text/spiece_proto.hpp"

#include <bit>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "classifier/text/spiece_proto_charsmap.hpp"
#include "classifier/text/spiece_proto_wire.hpp"
#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

api::Failure broken(const std::string& what) {
    return api::failure(api::errc::bad_format,
                        "SentencePiece model: " + what + "; take the file from its source again");
}

/// Hands every field to `take`, which answers whether it could use it. The answer is the offset of the first
/// field that broke, or nothing.
template <typename Take>
std::optional<std::size_t> each_field(std::string_view bytes, std::size_t base, Take take) {
    WireCursor cursor(bytes, base);
    while (!cursor.at_end()) {
        const auto field = cursor.next();
        if (!field) return cursor.offset();
        if (!take(*field)) return field->offset;
    }
    return std::nullopt;
}

bool set(std::string& target, const WireField& field) {
    target = field.bytes;
    return field.type == WireType::bytes;
}

bool set(bool& target, const WireField& field) {
    target = field.value != 0;
    return field.type == WireType::varint;
}

bool set(std::int32_t& target, const WireField& field) {
    // A negative int32 travels as its 64-bit two's complement; protobuf keeps the low half.
    target = static_cast<std::int32_t>(static_cast<std::uint32_t>(field.value));
    return field.type == WireType::varint;
}

bool set(float& target, const WireField& field) {
    target = std::bit_cast<float>(static_cast<std::uint32_t>(field.value));
    return field.type == WireType::fixed32 && std::isfinite(target);
}

bool set(PieceType& target, const WireField& field) {
    target = static_cast<PieceType>(field.value & 0xFF);
    return field.type == WireType::varint && field.value >= 1 && field.value <= 6;
}

/// Where the content of a field of type bytes begins in the file.
std::size_t content_offset(const WireField& field, std::string_view file) {
    return static_cast<std::size_t>(field.bytes.data() - file.data());
}

bool read_piece_field(Piece& piece, const WireField& field) {
    switch (field.number) {
        case 1: return set(piece.text, field);
        case 2: return set(piece.score, field);
        case 3: return set(piece.type, field);
        default: return true;
    }
}

bool read_trainer_field(SpieceModel& model, const WireField& field) {
    switch (field.number) {
        case 3: return set(model.model_type, field);
        case 24: return set(model.treat_whitespace_as_suffix, field);
        case 35: return set(model.byte_fallback, field);
        default: return true;
    }
}

bool read_normaliser_field(SpieceModel& model, const WireField& field) {
    switch (field.number) {
        case 1: return set(model.normaliser_name, field);
        case 2: return set(model.precompiled_charsmap, field);
        case 3: return set(model.add_dummy_prefix, field);
        case 4: return set(model.remove_extra_whitespaces, field);
        case 5: return set(model.escape_whitespaces, field);
        default: return true;
    }
}

std::optional<std::size_t> read_submessage(SpieceModel& model, const WireField& field, std::size_t base) {
    switch (field.number) {
        case 1:
            return each_field(field.bytes, base,
                              [&piece = model.pieces.emplace_back()](const WireField& inner) {
                                  return read_piece_field(piece, inner);
                              });
        case 2:
            return each_field(field.bytes, base,
                              [&](const WireField& inner) { return read_trainer_field(model, inner); });
        default:
            return each_field(field.bytes, base,
                              [&](const WireField& inner) { return read_normaliser_field(model, inner); });
    }
}

/// Fills the model; answers the offset at which the file breaks the format, or nothing.
std::optional<std::size_t> read_model(SpieceModel& model, std::string_view file) {
    std::optional<std::size_t> broken_inside;
    const auto broken_at = each_field(file, 0, [&](const WireField& field) {
        if (field.number > 3) return true;
        if (field.type != WireType::bytes) return false;
        broken_inside = read_submessage(model, field, content_offset(field, file));
        return !broken_inside;
    });
    return broken_inside ? broken_inside : broken_at;
}

std::optional<std::string> piece_fault(const Piece& piece, std::unordered_set<std::string_view>& seen) {
    if (piece.text.empty()) return "has no text";
    if (piece.text.find('\0') != std::string::npos) return "holds a NUL byte";
    if (valid_utf8(piece.text) != piece.text) return "is not valid UTF-8";
    if (!seen.insert(piece.text).second) return "has the same text as an earlier piece";
    return std::nullopt;
}

std::optional<std::string> find_fault(SpieceModel& model) {
    std::unordered_set<std::string_view> seen;
    std::size_t unknowns = 0;
    for (std::size_t id = 0; id < model.pieces.size(); ++id) {
        if (const auto fault = piece_fault(model.pieces[id], seen)) {
            return "piece " + std::to_string(id) + " " + *fault;
        }
        if (model.pieces[id].type != PieceType::unknown) continue;
        model.unk_id = static_cast<std::int32_t>(id);
        ++unknowns;
    }
    if (unknowns != 1) {
        return "expected one piece of type UNKNOWN, found " + std::to_string(unknowns);
    }
    if (!model.precompiled_charsmap.empty() && !is_sound_charsmap(model.precompiled_charsmap)) {
        return "the character map of its normaliser points outside of itself";
    }
    return std::nullopt;
}

}  // namespace

api::outcome<SpieceModel> parse_spiece(std::span<const std::byte> bytes) {
    if (bytes.size() > kMaxSpieceBytes) {
        return api::failure(api::errc::not_supported,
                            "SentencePiece model: larger than 64 MiB; KoBERT's has 371,427 bytes");
    }
    const std::string_view file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    SpieceModel model;
    if (const auto offset = read_model(model, file)) {
        return broken("byte " + std::to_string(*offset) + " breaks the format of a .model file");
    }
    if (const auto fault = find_fault(model)) return broken(*fault);
    return model;
}

api::outcome<std::string> read_spiece_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return api::failure(api::errc::io_error, path.string() + ": cannot be read: " + error.message());
    }
    if (size > kMaxSpieceBytes) {
        return api::failure(api::errc::not_supported,
                            path.string() + ": is larger than 64 MiB, so it is not a KoBERT tokenizer");
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::ifstream stream(path, std::ios::binary);
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
        return api::failure(api::errc::io_error, path.string() + ": cannot be read to its end");
    }
    return bytes;
}

}  // namespace nunchi::text
