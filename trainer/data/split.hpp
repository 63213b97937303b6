// The original notebook's split into a training and a test part, index for index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "classifier/api/error.hpp"

namespace nunchi::data {

/// numpy.random.RandomState(seed).permutation(n).
std::vector<std::uint32_t> numpy_permutation(std::uint32_t n, std::uint32_t seed);

/// RandomState.shuffle, from 32-bit draws: for the last position down to the second, draws are masked to the
/// position's bits and rejected while they are larger. std::shuffle draws differently in each standard
/// library.
void shuffle_like_numpy(std::span<std::uint32_t> values, const std::function<std::uint32_t()>& draw);

/// Row indices from 0, in the order in which the notebook sees them.
struct NotebookSplit {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> test;
};

/// sklearn.model_selection.train_test_split(rows, test_size=test_fraction, shuffle=True, random_state=seed)
/// of n rows: the test part is the first ceil(n × test_fraction) of the permutation. The notebook's arguments
/// are 0.2 and 34. errc::bad_format when a part would be empty, or n needs more than 32 bits.
api::outcome<NotebookSplit> split_like_notebook(std::size_t n, double test_fraction = 0.2,
                                                std::uint32_t seed = 34);

}  // namespace nunchi::data
