#include "trainer/length_buckets.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "trainer/data/split.hpp"

namespace nunchi::trainer {
namespace {

std::vector<std::uint32_t> count_up(std::size_t size) {
    std::vector<std::uint32_t> values(size);
    std::iota(values.begin(), values.end(), std::uint32_t{0});
    return values;
}

std::vector<std::uint32_t> shuffled(std::size_t size, std::mt19937& random) {
    auto values = count_up(size);
    data::shuffle_like_numpy(values, [&] { return static_cast<std::uint32_t>(random()); });
    return values;
}

/// Sorts the rows by length and appends them, cut into batches.
void append_batches(std::vector<Batch>& batches, std::span<std::uint32_t> rows,
                    std::span<const std::size_t> lengths, std::size_t batch_size) {
    std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return lengths[a] < lengths[b]; });
    for (std::size_t first = 0; first < rows.size(); first += batch_size) {
        const auto batch = rows.subspan(first, std::min(batch_size, rows.size() - first));
        batches.emplace_back(batch.begin(), batch.end());
    }
}

}  // namespace

std::vector<Batch> length_buckets(std::span<const std::size_t> lengths, std::size_t batch_size,
                                  std::mt19937& random, std::size_t batches_per_chunk) {
    assert(batch_size > 0 && batches_per_chunk > 0);
    auto rows = shuffled(lengths.size(), random);
    std::vector<Batch> by_chunk;
    const auto chunk_size = batch_size * batches_per_chunk;
    for (std::size_t first = 0; first < rows.size(); first += chunk_size) {
        const auto count = std::min(chunk_size, rows.size() - first);
        append_batches(by_chunk, std::span(rows).subspan(first, count), lengths, batch_size);
    }
    std::vector<Batch> batches;
    for (const auto batch : shuffled(by_chunk.size(), random)) batches.push_back(std::move(by_chunk[batch]));
    return batches;
}

std::vector<Batch> batches_by_length(std::span<const std::size_t> lengths, std::size_t batch_size) {
    assert(batch_size > 0);
    auto rows = count_up(lengths.size());
    std::vector<Batch> batches;
    append_batches(batches, rows, lengths, batch_size);
    return batches;
}

}  // namespace nunchi::trainer
