// Decides which of the waiting requests make up the next batch.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nunchi::batching {

/// The size of one batch; it ends at whichever limit comes first.
struct BatchLimits {
    std::size_t max_tokens = 128;  // so many that a batch takes about 30 to 55 ms on a CPU
    std::size_t max_requests = 64;
};

/// The next batch: positions in token_counts (the waiting requests, oldest first), ordered by length.
/// Takes from the front until a limit is reached, so nobody is overtaken; the oldest always goes, alone when
/// it is larger than max_tokens. Equal lengths become neighbours and keep their order.
std::vector<std::size_t> plan_batch(std::span<const std::size_t> token_counts, const BatchLimits& limits);

}  // namespace nunchi::batching
