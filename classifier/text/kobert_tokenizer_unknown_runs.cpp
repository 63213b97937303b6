#include "classifier/text/kobert_tokenizer_unknown_runs.hpp"

#include <algorithm>

#include "classifier/text/utf8.hpp"

namespace nunchi::text {
namespace {

constexpr std::size_t kMaxRun = 64;

// Stands for the tail of a run. A private-use character: no piece holds it and no entry of a character map
// that follows NFKC begins with it or goes on with it, so it joins with neither neighbour.
constexpr std::string_view kTail = "\U0010FFFD";

}  // namespace

UnknownRuns::UnknownRuns(const SpieceModel& model) : charsmap_(model.precompiled_charsmap) {
    for (const Piece& piece : model.pieces) {
        // The piece of type unknown is never matched with text.
        if (piece.type == PieceType::unknown) continue;
        for (const char32_t c : decode_utf8(piece.text)) alphabet_.insert(c);
    }
    alphabet_.insert(U' ');
}

UnknownRuns::Unit UnknownRuns::unit_at(std::string_view text, std::size_t at) const {
    const auto is_outside = [&](char32_t c) { return !alphabet_.contains(c); };
    if (const auto match = charsmap_.longest_match(text, at)) {
        const std::u32string replacement = decode_utf8(match->replacement);
        return {match->length, std::all_of(replacement.begin(), replacement.end(), is_outside),
                replacement.empty()};
    }
    const Decoded here = decode_one(text, at);
    return {here.length, is_outside(here.code_point), false};
}

std::string UnknownRuns::shortened(std::string clean) const {
    if (clean.size() < kMinBytes) return clean;
    std::string out;
    out.reserve(clean.size());
    std::size_t run = 0;
    for (std::size_t at = 0; at < clean.size();) {
        const Unit unit = unit_at(clean, at);
        const std::string_view bytes = std::string_view(clean).substr(at, unit.length);
        at += unit.length;
        if (!unit.is_unknown) run = 0;
        if (unit.is_unknown && !unit.is_empty) ++run;
        if (run <= kMaxRun || unit.is_empty) {
            out += bytes;
        } else if (run == kMaxRun + 1) {
            out += kTail;
        }
    }
    return out;
}

}  // namespace nunchi::text
