#include "trainer/length_buckets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace nunchi::trainer {
namespace {

std::vector<std::size_t> lengths_of(std::size_t rows) {
    std::vector<std::size_t> lengths(rows);
    for (std::size_t i = 0; i < rows; ++i) lengths[i] = 3 + (i * 37) % 60;
    return lengths;
}

std::vector<std::uint32_t> all_rows(const std::vector<Batch>& batches) {
    std::vector<std::uint32_t> rows;
    for (const auto& batch : batches) rows.insert(rows.end(), batch.begin(), batch.end());
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::uint32_t> count_up(std::size_t size) {
    std::vector<std::uint32_t> rows(size);
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

TEST(LengthBuckets, HoldEveryRowOnce) {
    const auto lengths = lengths_of(1003);
    std::mt19937 random(1);

    const auto batches = length_buckets(lengths, 16, random, 4);

    EXPECT_EQ(all_rows(batches), count_up(1003));
    EXPECT_TRUE(
        std::all_of(batches.begin(), batches.end(), [](const Batch& batch) { return batch.size() <= 16; }));
}

TEST(LengthBuckets, KeepLengthsTogetherAndOrderRandom) {
    const auto lengths = lengths_of(1600);
    std::mt19937 random(1);

    const auto batches = length_buckets(lengths, 16, random, 100);

    std::vector<std::size_t> shortest;
    for (const auto& batch : batches) {
        EXPECT_LE(lengths[batch.back()] - lengths[batch.front()], 2U);
        shortest.push_back(lengths[batch.front()]);
    }
    EXPECT_FALSE(std::is_sorted(shortest.begin(), shortest.end()));
}

TEST(LengthBuckets, DifferFromEpochToEpochAndRepeatWithTheSeed) {
    const auto lengths = lengths_of(200);
    std::mt19937 random(5);
    std::mt19937 again(5);

    const auto first = length_buckets(lengths, 8, random);
    const auto second = length_buckets(lengths, 8, random);

    EXPECT_NE(first, second);
    EXPECT_EQ(first, length_buckets(lengths, 8, again));
}

TEST(LengthBuckets, MixRowsOfOneLength) {
    const std::vector<std::size_t> lengths(64, 10);
    std::mt19937 random(1);

    const auto batches = length_buckets(lengths, 8, random);

    const auto are_neighbours = [](const Batch& batch) {
        const auto [least, most] = std::minmax_element(batch.begin(), batch.end());
        return *most - *least < 8;
    };
    EXPECT_TRUE(std::none_of(batches.begin(), batches.end(), are_neighbours));
}

TEST(BatchesByLength, RunFromShortToLong) {
    const auto lengths = lengths_of(50);

    const auto batches = batches_by_length(lengths, 7);

    EXPECT_EQ(all_rows(batches), count_up(50));
    std::vector<std::size_t> in_order;
    for (const auto& batch : batches) {
        for (const auto row : batch) in_order.push_back(lengths[row]);
    }
    EXPECT_TRUE(std::is_sorted(in_order.begin(), in_order.end()));
}

TEST(BatchesByLength, OfNothingAreNone) {
    EXPECT_TRUE(batches_by_length({}, 8).empty());
}

}  // namespace
}  // namespace nunchi::trainer
