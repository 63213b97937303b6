#include "adapters/web/token_bucket.hpp"

#include <gtest/gtest.h>

namespace nunchi::web {
namespace {

using namespace std::chrono_literals;

constexpr TokenBucket::TimePoint kStart{};

TEST(TokenBucket, HasRoomForABurstAndNoMore) {
    TokenBucket bucket({.per_second = 10, .burst = 3}, kStart);
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_FALSE(bucket.take(kStart));
}

TEST(TokenBucket, FillsAtItsRate) {
    TokenBucket bucket({.per_second = 10, .burst = 1}, kStart);
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_FALSE(bucket.take(kStart + 99ms));
    EXPECT_TRUE(bucket.take(kStart + 101ms));
}

TEST(TokenBucket, NeverHoldsMoreThanABurst) {
    TokenBucket bucket({.per_second = 10, .burst = 2}, kStart);
    const auto later = kStart + 1h;
    EXPECT_TRUE(bucket.take(later));
    EXPECT_TRUE(bucket.take(later));
    EXPECT_FALSE(bucket.take(later));
}

}  // namespace
}  // namespace nunchi::web
