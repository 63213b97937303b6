#include "adapters/discord/rest/bucket.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Bucket::TimePoint kStart{std::chrono::hours(100)};
constexpr auto kMargin = Bucket::kMargin;

Window window(int limit, int remaining, milliseconds reset_after) {
    return {.limit = limit, .remaining = remaining, .reset_after = reset_after};
}

/// Sends as many as the bucket lets through.
int drain(Bucket& bucket, Bucket::TimePoint now) {
    int count = 0;
    for (; bucket.can_send(now) && count < 1000; ++count) bucket.sent(now);
    return count;
}

/// One whose limit is known, with nothing under way.
Bucket known(int limit, int remaining, milliseconds reset_after) {
    Bucket bucket;
    bucket.sent(kStart);
    bucket.ended();
    bucket.learn(window(limit, remaining, reset_after), kStart);
    return bucket;
}

TEST(Bucket, SendsOneAtATimeUntilItsLimitIsKnown) {
    Bucket bucket;

    EXPECT_EQ(drain(bucket, kStart), 1);
    EXPECT_EQ(bucket.opens_at(kStart), std::nullopt);

    bucket.ended();
    EXPECT_EQ(drain(bucket, kStart), 1);
}

TEST(Bucket, SendsWhatRemains) {
    Bucket bucket = known(5, 4, seconds(2));

    EXPECT_EQ(drain(bucket, kStart), 4);
}

TEST(Bucket, OpensAfterTheResetAndItsMargin) {
    Bucket bucket = known(5, 0, milliseconds(1250));
    const auto reset = kStart + milliseconds(1250) + kMargin;

    EXPECT_FALSE(bucket.can_send(reset - milliseconds(1)));
    EXPECT_EQ(bucket.opens_at(kStart), reset);
    EXPECT_EQ(drain(bucket, reset), 5);
}

TEST(Bucket, CountsThoseUnderWayInTheNewWindow) {
    Bucket bucket = known(5, 2, seconds(1));
    EXPECT_EQ(drain(bucket, kStart), 2);
    const auto reset = kStart + seconds(1) + kMargin;

    EXPECT_EQ(drain(bucket, reset), 3);
}

TEST(Bucket, TakesTheLeastOfAnswersThatComeInAnyOrder) {
    Bucket bucket = known(5, 4, seconds(1));
    bucket.sent(kStart);
    bucket.sent(kStart);
    bucket.sent(kStart);
    for (const int remaining : {1, 3, 2}) {
        bucket.ended();
        bucket.learn(window(5, remaining, seconds(1)), kStart);
    }

    EXPECT_EQ(drain(bucket, kStart), 1);
}

TEST(Bucket, DoesNotTrustTheFirstAnswerOfAWindowForThoseUnderWay) {
    Bucket bucket = known(3, 0, milliseconds(0));
    const auto later = kStart + seconds(1);
    EXPECT_EQ(drain(bucket, later), 3);

    bucket.ended();
    bucket.learn(window(3, 2, seconds(1)), later);

    EXPECT_EQ(drain(bucket, later), 0);
}

TEST(Bucket, DoesNotGetStuckWhenAnswersTellNothing) {
    Bucket bucket = known(1, 0, milliseconds(100));
    const auto later = kStart + seconds(1);

    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(drain(bucket, later), 1);
        bucket.ended();
    }
}

TEST(Bucket, WaitsOutABlockInSpiteOfWhatRemains) {
    Bucket bucket = known(5, 4, seconds(1));
    const auto until = kStart + seconds(10);
    bucket.block(until);
    bucket.block(kStart + seconds(3));

    EXPECT_FALSE(bucket.can_send(until - milliseconds(1)));
    EXPECT_EQ(bucket.opens_at(kStart), until);
    EXPECT_EQ(drain(bucket, until), 5);
}

TEST(Bucket, NeverHasTwoUnderWayWhenItIsSerial) {
    Bucket bucket(true);
    bucket.sent(kStart);
    bucket.ended();
    bucket.learn(window(10, 9, seconds(1)), kStart);

    EXPECT_EQ(drain(bucket, kStart), 1);
    bucket.ended();
    bucket.learn(window(10, 0, seconds(1)), kStart);
    EXPECT_EQ(drain(bucket, kStart), 0);
    EXPECT_EQ(bucket.opens_at(kStart), kStart + seconds(1) + kMargin);
}

TEST(Bucket, IsAtRestWhenNothingWillMatterLater) {
    EXPECT_TRUE(Bucket().is_at_rest(kStart));
    Bucket bucket = known(5, 0, seconds(1));
    EXPECT_FALSE(bucket.is_at_rest(kStart));
    EXPECT_TRUE(bucket.is_at_rest(kStart + seconds(2)));
    bucket.block(kStart + seconds(9));
    EXPECT_FALSE(bucket.is_at_rest(kStart + seconds(2)));
    bucket.sent(kStart + seconds(10));
    EXPECT_FALSE(bucket.is_at_rest(kStart + seconds(10)));
}

}  // namespace
}  // namespace nunchi::discord::rest
