// What happened to interactions since the start, for the metrics.
#pragma once

#include <cstdint>

namespace nunchi::discord::interactions {

struct Counters {
    std::uint64_t taken = 0;       // came in for the first time, and in time
    std::uint64_t malformed = 0;   // lacked what every interaction has
    std::uint64_t duplicates = 0;  // came in again, or somebody else responded first
    std::uint64_t late = 0;        // the 3 s were over before there was a first response (I8)
    std::uint64_t lost = 0;        // the first response was refused: the person saw an error
    std::uint64_t answered = 0;
    std::uint64_t unanswered = 0;  // the answer failed, after its retries; never sent elsewhere (I10)
    std::uint64_t refused = 0;     // requests of the webhook without Discord's signature, or too large
};

}  // namespace nunchi::discord::interactions
