// The expected values come from NumPy and scikit-learn; tests/oracle/numpy_split_test.py compares with them
// for more sizes and seeds.
#include "trainer/data/split.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "tests/unit/trainer/data/sha256.hpp"

namespace nunchi::data {
namespace {

using ::testing::ElementsAre;

constexpr std::uint32_t kWorkbookRows = 38594;

std::vector<std::uint32_t> part(const std::vector<std::uint32_t>& values, std::size_t begin,
                                std::size_t count) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

std::string sha256_of_little_endian(const std::vector<std::uint32_t>& values) {
    std::string bytes;
    for (const std::uint32_t value : values) {
        for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    }
    return testing::sha256_of(bytes);
}

TEST(Split, DrawsWhatNumpysGeneratorDraws) {
    std::mt19937 engine(34);
    std::vector<std::uint_fast32_t> draws(5);
    std::ranges::generate(draws, engine);

    EXPECT_THAT(draws, ElementsAre(165621153, 840799354, 3350505962, 1818384233, 398159606));
}

TEST(Split, PermutesAsNumpyDoes) {
    EXPECT_THAT(numpy_permutation(10, 34), ElementsAre(0, 9, 8, 2, 7, 3, 4, 5, 6, 1));
    EXPECT_THAT(numpy_permutation(1, 34), ElementsAre(0));
    EXPECT_TRUE(numpy_permutation(0, 34).empty());
}

TEST(Split, PermutesTheWorkbookAsTheNotebookDoes) {
    const std::vector<std::uint32_t> order = numpy_permutation(kWorkbookRows, 34);

    EXPECT_THAT(part(order, 0, 10),
                ElementsAre(25236, 33932, 12909, 11844, 6330, 7612, 38193, 23565, 38288, 5965));
    EXPECT_THAT(part(order, 7719, 5), ElementsAre(15769, 22124, 8355, 1536, 36142));
    EXPECT_THAT(part(order, kWorkbookRows - 5, 5), ElementsAre(3157, 28406, 22377, 38010, 11681));
    EXPECT_EQ(sha256_of_little_endian(order),
              "413efd1620efa8e1e50bc4b334be3aa0ab2938c1a3394d30f3e64d32d5c10612");
}

TEST(Split, UsesAsManyDrawsAsNumpy) {
    std::mt19937 engine(34);
    std::size_t draws = 0;
    std::vector<std::uint32_t> values(kWorkbookRows);

    shuffle_like_numpy(values, [&] {
        ++draws;
        return static_cast<std::uint32_t>(engine());
    });

    EXPECT_EQ(draws, 56236u);
}

TEST(Split, TakesTheTestPartFromTheFrontOfThePermutation) {
    const auto split = split_like_notebook(kWorkbookRows);

    ASSERT_TRUE(split) << split.error().message;
    EXPECT_EQ(split->test.size(), 7719u);
    EXPECT_EQ(split->train.size(), 30875u);
    EXPECT_THAT(part(split->test, 0, 3), ElementsAre(25236, 33932, 12909));
    EXPECT_THAT(part(split->train, 0, 5), ElementsAre(15769, 22124, 8355, 1536, 36142));
}

TEST(Split, RoundsTheTestPartUp) {
    const auto split = split_like_notebook(11, 0.2, 34);

    ASSERT_TRUE(split);
    EXPECT_EQ(split->test.size(), 3u);
    EXPECT_EQ(split->train.size(), 8u);
}

TEST(Split, RefusesToMakeAnEmptyPart) {
    EXPECT_FALSE(split_like_notebook(0));
    EXPECT_FALSE(split_like_notebook(1));
    EXPECT_TRUE(split_like_notebook(2));
    EXPECT_FALSE(split_like_notebook(10, 0.0));
    EXPECT_FALSE(split_like_notebook(10, 1.0));
    EXPECT_FALSE(split_like_notebook(10, -0.5));
    EXPECT_FALSE(split_like_notebook(std::size_t{1} << 32));
}

}  // namespace
}  // namespace nunchi::data
