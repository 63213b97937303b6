#include "trainer/data/split.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <utility>

namespace nunchi::data {

void shuffle_like_numpy(std::span<std::uint32_t> values, const std::function<std::uint32_t()>& draw) {
    for (std::size_t i = values.size(); i-- > 1;) {
        const auto last = static_cast<std::uint32_t>(i);
        const std::uint32_t mask = std::numeric_limits<std::uint32_t>::max() >> std::countl_zero(last);
        std::uint32_t chosen = draw() & mask;
        while (chosen > last) chosen = draw() & mask;
        std::swap(values[i], values[chosen]);
    }
}

std::vector<std::uint32_t> numpy_permutation(std::uint32_t n, std::uint32_t seed) {
    // numpy's legacy seeding of MT19937 is the standard engine's.
    std::mt19937 engine(seed);
    std::vector<std::uint32_t> permutation(n);
    std::iota(permutation.begin(), permutation.end(), 0U);
    shuffle_like_numpy(permutation, [&] { return static_cast<std::uint32_t>(engine()); });
    return permutation;
}

api::outcome<NotebookSplit> split_like_notebook(std::size_t n, double test_fraction, std::uint32_t seed) {
    const double wanted = std::ceil(static_cast<double>(n) * test_fraction);
    const bool is_possible =
        n <= std::numeric_limits<std::uint32_t>::max() && wanted >= 1 && wanted < static_cast<double>(n);
    if (!is_possible) {
        return api::failure(api::errc::bad_format, "cannot split " + std::to_string(n) +
                                                       " rows into a training and a test part; both need at "
                                                       "least one row");
    }
    const std::vector<std::uint32_t> order = numpy_permutation(static_cast<std::uint32_t>(n), seed);
    const auto border = order.begin() + static_cast<std::ptrdiff_t>(wanted);
    return NotebookSplit{.train = {border, order.end()}, .test = {order.begin(), border}};
}

}  // namespace nunchi::data
