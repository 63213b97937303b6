#include "classifier/batching/planner.hpp"

#include <algorithm>
#include <numeric>

namespace nunchi::batching {
namespace {

std::size_t requests_that_fit(std::span<const std::size_t> token_counts, const BatchLimits& limits) {
    std::size_t tokens = 0;
    std::size_t requests = 0;
    for (const std::size_t count : token_counts) {
        if (requests > 0 && requests >= limits.max_requests) break;
        // As a difference: the sum of two sizes could wrap around.
        if (requests > 0 && (tokens > limits.max_tokens || count > limits.max_tokens - tokens)) break;
        tokens += count;
        ++requests;
    }
    return requests;
}

}  // namespace

std::vector<std::size_t> plan_batch(std::span<const std::size_t> token_counts, const BatchLimits& limits) {
    std::vector<std::size_t> batch(requests_that_fit(token_counts, limits));
    std::iota(batch.begin(), batch.end(), std::size_t{0});
    std::stable_sort(batch.begin(), batch.end(),
                     [&](std::size_t a, std::size_t b) { return token_counts[a] < token_counts[b]; });
    return batch;
}

}  // namespace nunchi::batching
