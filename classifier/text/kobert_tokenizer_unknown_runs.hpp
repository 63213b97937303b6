// Keeps long runs of unknown characters from costing SentencePiece quadratic time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "classifier/text/spiece_proto.hpp"
#include "classifier/text/spiece_proto_charsmap.hpp"

namespace nunchi::text {

/// SentencePiece merges neighbouring unknown characters into one piece by copying that piece once for each of
/// them: 1 MiB of emoji take 12 s. A run becomes one [UNK] whatever its length, so its tail can be left out.
class UnknownRuns {
public:
    explicit UnknownRuns(const SpieceModel& model);

    /// The same text for SentencePiece with every run of more than 64 characters that no piece holds cut
    /// to 65. Shorter texts than kMinBytes come back as they are, so no message of a chat is touched. Linear
    /// time.
    std::string shortened(std::string clean) const;

    static constexpr std::size_t kMinBytes = 4096;

private:
    struct Unit {
        std::size_t length;  // bytes of the text
        bool is_unknown;     // nothing of it is in the alphabet after normalisation
        bool is_empty;       // normalisation removes it
    };
    Unit unit_at(std::string_view text, std::size_t at) const;

    std::unordered_set<char32_t> alphabet_;  // every character of every piece
    Charsmap charsmap_;
};

}  // namespace nunchi::text
