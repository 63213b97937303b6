// Batches of sentences of similar length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace nunchi::trainer {

using Batch = std::vector<std::uint32_t>;  // indices of rows, by length

/// Shuffles the rows, cuts them into chunks of `batches_per_chunk` batches, sorts each chunk by length, cuts
/// it into batches and shuffles those. Every row appears once; one batch may be smaller than `batch_size`.
/// The same generator state gives the same batches on every platform.
std::vector<Batch> length_buckets(std::span<const std::size_t> lengths, std::size_t batch_size,
                                  std::mt19937& random, std::size_t batches_per_chunk = 50);

/// All rows in batches by length, shortest first: the order for evaluation.
std::vector<Batch> batches_by_length(std::span<const std::size_t> lengths, std::size_t batch_size);

}  // namespace nunchi::trainer
