#include "adapters/discord/rest/rate_limiter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Admission = RateLimiter::Admission;
using TimePoint = RateLimiter::TimePoint;

constexpr TimePoint kStart{hours(100)};
constexpr auto kMargin = Bucket::kMargin;

ResponseLimits limits(const char* bucket, int limit, int remaining, milliseconds reset_after) {
    ResponseLimits told;
    told.bucket = bucket;
    told.window = Window{.limit = limit, .remaining = remaining, .reset_after = reset_after};
    return told;
}

ResponseLimits limited(Scope scope) {
    ResponseLimits told;
    told.block = Block{.scope = scope, .retry_after = {}};
    return told;
}

const ResponseLimits kNothingTold;

class RateLimiterTest : public testing::Test {
protected:
    CallId add(const Route& route, Lane lane = Lane::ordinary) {
        EXPECT_EQ(limiter_.add(++last_, route, lane, now_ + minutes(5), now_), Admission::queued);
        return last_;
    }
    std::vector<CallId> ready() { return limiter_.ready(now_); }
    void finish(CallId call, const ResponseLimits& told) { limiter_.finish(call, told, {}, now_); }
    void repeat(CallId call, const ResponseLimits& told, milliseconds wait) {
        limiter_.repeat(call, told, wait, now_);
    }

    /// Makes the limiter know the bucket of the route.
    void teach(const Route& route, const ResponseLimits& told, Lane lane = Lane::ordinary) {
        const CallId call = add(route, lane);
        ASSERT_THAT(ready(), ElementsAre(call));
        finish(call, told);
    }

    RateLimiter limiter_{{.max_in_flight = 100}};
    TimePoint now_ = kStart;
    CallId last_ = 0;
    Route post_ = create_message("1");
    Route patch_ = edit_message("1", "2");
};

TEST_F(RateLimiterTest, SendsOneOfAnUnknownBucketAtATime) {
    for (int i = 0; i < 20; ++i) add(post_);

    EXPECT_THAT(ready(), ElementsAre(1U));
    EXPECT_THAT(ready(), IsEmpty());
    finish(1, limits("h", 5, 4, seconds(5)));
    EXPECT_THAT(ready(), ElementsAre(2U, 3U, 4U, 5U));
}

TEST_F(RateLimiterTest, DoesNotLetOneChannelHoldUpAnother) {
    add(post_);
    add(post_);
    add(create_message("2"));

    EXPECT_THAT(ready(), ElementsAre(1U, 3U));
}

TEST_F(RateLimiterTest, TellsMethodsAndRoutesApartUntilTheyAreNamed) {
    add(post_);
    add(channel_messages("1", "", 5));
    add(patch_);

    EXPECT_THAT(ready(), ElementsAre(1U, 2U, 3U));
}

TEST_F(RateLimiterTest, SerialisesAServerThatTellsNothing) {
    add(post_);
    add(post_);
    EXPECT_THAT(ready(), ElementsAre(1U));
    finish(1, kNothingTold);
    EXPECT_THAT(ready(), ElementsAre(2U));
}

TEST_F(RateLimiterTest, WaitsForTheReset) {
    teach(post_, limits("h", 5, 0, milliseconds(1500)));
    const CallId call = add(post_);

    EXPECT_THAT(ready(), IsEmpty());
    EXPECT_EQ(limiter_.next_wake(now_), kStart + milliseconds(1500) + kMargin);
    now_ = kStart + milliseconds(1500) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(call));
    EXPECT_EQ(limiter_.next_wake(now_), std::nullopt);
}

TEST_F(RateLimiterTest, LetsRoutesOfOneNameShareABucket) {
    teach(post_, limits("h", 2, 1, seconds(5)));
    teach(patch_, limits("h", 2, 0, seconds(5)));
    add(post_);
    add(patch_);

    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(6);
    EXPECT_THAT(ready(), ElementsAre(3U, 4U));
    add(post_);
    EXPECT_THAT(ready(), IsEmpty());
}

TEST_F(RateLimiterTest, KeepsChannelsOfOneNameApart) {
    teach(create_message("1"), limits("h", 1, 0, seconds(5)));
    teach(create_message("2"), limits("h", 1, 0, seconds(5)));
    now_ += seconds(6);
    add(create_message("1"));
    add(create_message("2"));

    EXPECT_THAT(ready(), ElementsAre(3U, 4U));
}

TEST_F(RateLimiterTest, FollowsAChangedName) {
    teach(post_, limits("old", 5, 4, seconds(5)));
    const CallId first = add(post_);
    ASSERT_THAT(ready(), ElementsAre(first));
    for (int i = 0; i < 4; ++i) add(post_);
    ASSERT_EQ(ready().size(), 3U);

    finish(first, limits("new", 10, 0, seconds(60)));

    add(post_);
    now_ += seconds(6);
    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(60);
    EXPECT_THAT(ready(), ElementsAre(6U, 7U));
}

TEST_F(RateLimiterTest, LeavesOthersInABucketWhoseNameChangedForOneRoute) {
    teach(post_, limits("h", 5, 0, seconds(5)));
    teach(patch_, limits("h", 5, 0, seconds(5)));
    now_ += seconds(6);
    const CallId first = add(post_);
    ASSERT_THAT(ready(), ElementsAre(first));
    finish(first, limits("other", 5, 0, seconds(60)));

    const CallId patch = add(patch_);
    add(post_);

    EXPECT_THAT(ready(), ElementsAre(patch));
}

TEST_F(RateLimiterTest, TakesAnswersInAnyOrder) {
    teach(post_, limits("h", 5, 4, seconds(5)));
    for (int i = 0; i < 6; ++i) add(post_);
    ASSERT_THAT(ready(), ElementsAre(2U, 3U, 4U, 5U));
    finish(5, limits("h", 5, 0, seconds(5)));
    finish(2, limits("h", 5, 3, seconds(5)));
    finish(4, limits("h", 5, 1, seconds(5)));
    finish(3, limits("h", 5, 2, seconds(5)));

    EXPECT_THAT(ready(), IsEmpty());
}

TEST_F(RateLimiterTest, ReactionsOfAChannelAreOneSerialBucket) {
    add(put_reaction("1", "2", "a"));
    add(delete_own_reaction("1", "3", "b"));
    add(put_reaction("2", "2", "a"));
    EXPECT_THAT(ready(), ElementsAre(1U, 3U));

    finish(1, limits("put", 10, 9, seconds(1)));
    EXPECT_THAT(ready(), ElementsAre(2U));
    finish(2, limits("delete", 10, 0, seconds(1)));
    add(put_reaction("1", "4", "c"));
    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(1) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(4U));
}

TEST_F(RateLimiterTest, ReactionsKeepWhatRemainsWhateverNameTheServerGives) {
    for (int i = 0; i < 4; ++i)
        add(i == 1 ? delete_own_reaction("1", "2", "a") : put_reaction("1", "2", "a"));
    ASSERT_THAT(ready(), ElementsAre(1U));
    finish(1, limits("put", 10, 2, seconds(5)));
    ASSERT_THAT(ready(), ElementsAre(2U));
    finish(2, limits("delete", 10, 9, seconds(5)));
    ASSERT_THAT(ready(), ElementsAre(3U));
    finish(3, kNothingTold);

    EXPECT_THAT(ready(), IsEmpty());
}

TEST_F(RateLimiterTest, LeavesThoseOfOtherRoutesThatWaitWhenANameChanges) {
    teach(post_, limits("h", 1, 0, seconds(5)));
    teach(patch_, limits("h", 1, 0, seconds(5)));
    now_ += seconds(6);
    const CallId post = add(post_);
    const CallId patch = add(patch_);
    ASSERT_THAT(ready(), ElementsAre(post));

    finish(post, limits("other", 1, 0, seconds(60)));

    EXPECT_THAT(ready(), ElementsAre(patch));
}

TEST_F(RateLimiterTest, KeepsTheOrderOfTheCalls) {
    teach(post_, limits("h", 5, 4, seconds(5)));
    const CallId first = add(post_);
    ASSERT_THAT(ready(), ElementsAre(first));
    const CallId second = add(post_);
    repeat(first, limited(Scope::user), seconds(1));

    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(1) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(first, second));
}

TEST_F(RateLimiterTest, UserLimitBlocksTheBucketInSpiteOfWhatRemains) {
    teach(post_, limits("h", 5, 4, seconds(1)));
    const CallId call = add(post_);
    ASSERT_THAT(ready(), ElementsAre(call));
    const CallId next = add(post_);
    const CallId other = add(create_message("2"));
    repeat(call, limited(Scope::user), seconds(10));

    EXPECT_THAT(ready(), ElementsAre(other));
    EXPECT_EQ(limiter_.next_wake(now_), now_ + seconds(10) + kMargin);
    now_ += seconds(10);
    EXPECT_THAT(ready(), IsEmpty());
    now_ += kMargin;
    EXPECT_THAT(ready(), ElementsAre(call, next));
}

TEST_F(RateLimiterTest, SharedLimitHoldsBackThatRequestAlone) {
    teach(post_, limits("h", 10, 9, seconds(1)));
    const CallId call = add(post_);
    ASSERT_THAT(ready(), ElementsAre(call));
    repeat(call, limited(Scope::shared), seconds(60));
    const CallId next = add(post_);

    EXPECT_THAT(ready(), ElementsAre(next));
    EXPECT_EQ(limiter_.next_wake(now_), now_ + seconds(60) + kMargin);
    now_ += seconds(60) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(call));
}

TEST_F(RateLimiterTest, OneOfTheSharedLimitFindsOutWhetherItIsOver) {
    teach(post_, limits("h", 10, 9, seconds(100)));
    const CallId one = add(post_);
    const CallId two = add(post_);
    ASSERT_THAT(ready(), ElementsAre(one, two));
    repeat(one, limited(Scope::shared), seconds(5));
    repeat(two, limited(Scope::shared), seconds(5));
    now_ += seconds(5) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(one));

    repeat(one, limited(Scope::shared), seconds(5));
    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(5) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(one));
    finish(one, kNothingTold);
    EXPECT_THAT(ready(), ElementsAre(two));
}

TEST_F(RateLimiterTest, GlobalLimitBlocksAllButInteractions) {
    const CallId call = add(post_);
    ASSERT_THAT(ready(), ElementsAre(call));
    repeat(call, limited(Scope::global), seconds(3));
    const CallId other = add(create_message("2"));
    const CallId exempt = add(follow_up("1", "token"), Lane::interaction);

    EXPECT_THAT(ready(), ElementsAre(exempt));
    EXPECT_EQ(limiter_.next_wake(now_), now_ + seconds(3) + kMargin);
    now_ += seconds(3) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(call, other));
}

TEST_F(RateLimiterTest, GlobalLimitOfAnInteractionHoldsItBackToo) {
    const CallId call = add(follow_up("1", "token"), Lane::interaction);
    ASSERT_THAT(ready(), ElementsAre(call));
    repeat(call, limited(Scope::global), seconds(3));

    EXPECT_THAT(ready(), IsEmpty());
    now_ += seconds(3) + kMargin;
    EXPECT_THAT(ready(), ElementsAre(call));
}

TEST_F(RateLimiterTest, InteractionsPassTheGlobalLimitAndTheBound) {
    RateLimiter limiter({.global_per_second = 2, .max_in_flight = 2});
    for (CallId id = 1; id <= 5; ++id)
        limiter.add(id, create_message(std::to_string(id)), Lane::ordinary, TimePoint::max(), now_);
    EXPECT_THAT(limiter.ready(now_), ElementsAre(1U, 2U));
    for (CallId id = 6; id <= 9; ++id) {
        limiter.add(id, interaction_callback(std::to_string(id), "t" + std::to_string(id)), Lane::interaction,
                    TimePoint::max(), now_);
    }

    EXPECT_THAT(limiter.ready(now_), ElementsAre(6U, 7U, 8U, 9U));
}

TEST_F(RateLimiterTest, FollowUpsOfOneTokenShareTheirLimit) {
    teach(follow_up("1", "a"), limits("webhook", 5, 0, seconds(2)), Lane::interaction);
    add(follow_up("1", "a"), Lane::interaction);
    const CallId other = add(follow_up("1", "b"), Lane::interaction);

    EXPECT_THAT(ready(), ElementsAre(other));
}

TEST_F(RateLimiterTest, BoundsOrdinaryCallsUnderWay) {
    RateLimiter limiter({.max_in_flight = 2});
    for (CallId id = 1; id <= 3; ++id)
        limiter.add(id, create_message(std::to_string(id)), Lane::ordinary, TimePoint::max(), now_);
    EXPECT_THAT(limiter.ready(now_), ElementsAre(1U, 2U));
    EXPECT_EQ(limiter.next_wake(now_), std::nullopt);

    limiter.withdraw(1);

    EXPECT_THAT(limiter.ready(now_), ElementsAre(3U));
}

TEST_F(RateLimiterTest, NeverExceedsTheGlobalLimit) {
    RateLimiter limiter({.global_per_second = 50, .max_in_flight = 1000});
    for (CallId id = 1; id <= 120; ++id)
        limiter.add(id, create_message(std::to_string(id)), Lane::ordinary, TimePoint::max(), now_);

    EXPECT_EQ(limiter.ready(now_).size(), 50U);
    EXPECT_EQ(limiter.next_wake(now_), now_ + GlobalLimiter::kSpan);
    EXPECT_EQ(limiter.ready(now_ + seconds(1)).size(), 0U);
    EXPECT_EQ(limiter.ready(now_ + GlobalLimiter::kSpan).size(), 50U);
    EXPECT_EQ(limiter.ready(now_ + 2 * GlobalLimiter::kSpan).size(), 20U);
}

TEST_F(RateLimiterTest, RefusesWhatCannotLeaveInTime) {
    teach(post_, limits("h", 5, 0, seconds(60)));
    EXPECT_EQ(limiter_.add(90, post_, Lane::ordinary, now_ + seconds(10), now_), Admission::too_late);
    EXPECT_EQ(limiter_.add(91, post_, Lane::ordinary, now_ + seconds(61), now_), Admission::queued);

    const CallId call = add(create_message("2"));
    ASSERT_THAT(ready(), ElementsAre(call));
    repeat(call, limited(Scope::global), seconds(60));
    EXPECT_EQ(limiter_.add(92, create_message("3"), Lane::ordinary, now_ + seconds(10), now_),
              Admission::too_late);
    EXPECT_EQ(limiter_.add(93, follow_up("1", "a"), Lane::interaction, now_ + seconds(3), now_),
              Admission::queued);
}

TEST_F(RateLimiterTest, BoundsTheQueueOfABucket) {
    RateLimiter limiter({.max_queued_per_bucket = 3});
    for (CallId id = 1; id <= 3; ++id)
        EXPECT_EQ(limiter.add(id, post_, Lane::ordinary, TimePoint::max(), now_), Admission::queued);

    EXPECT_EQ(limiter.add(4, post_, Lane::ordinary, TimePoint::max(), now_), Admission::full);
    EXPECT_EQ(limiter.add(5, create_message("2"), Lane::ordinary, TimePoint::max(), now_), Admission::queued);
    EXPECT_EQ(limiter.waiting(), 4U);
}

TEST_F(RateLimiterTest, ForgetsWhoWithdraws) {
    const CallId in_flight = add(post_);
    const CallId queued = add(post_);
    const CallId last = add(post_);
    ASSERT_THAT(ready(), ElementsAre(in_flight));
    limiter_.withdraw(queued);
    EXPECT_EQ(limiter_.waiting(), 1U);
    EXPECT_THAT(ready(), IsEmpty());

    limiter_.withdraw(in_flight);
    limiter_.withdraw(in_flight);
    limiter_.withdraw(12345);

    EXPECT_THAT(ready(), ElementsAre(last));
    EXPECT_EQ(limiter_.waiting(), 0U);
}

TEST_F(RateLimiterTest, LetsAnotherFindOutWhenTheOneWithdraws) {
    teach(post_, limits("h", 10, 9, seconds(100)));
    const CallId one = add(post_);
    const CallId two = add(post_);
    ASSERT_THAT(ready(), ElementsAre(one, two));
    repeat(one, limited(Scope::shared), seconds(5));
    repeat(two, limited(Scope::shared), seconds(5));
    now_ += seconds(6);
    ASSERT_THAT(ready(), ElementsAre(one));

    limiter_.withdraw(one);

    EXPECT_THAT(ready(), ElementsAre(two));
}

TEST_F(RateLimiterTest, SweepsUnusedBuckets) {
    for (int i = 0; i < 100; ++i) {
        now_ += milliseconds(100);  // not too many for the global limit
        teach(create_message(std::to_string(i)), limits("h", 5, 4, seconds(1)));
    }
    teach(patch_, limits("blocked", 5, 0, minutes(40)));
    EXPECT_GT(limiter_.remembered(), 200U);

    now_ += minutes(20);
    teach(create_message("1000"), limits("h", 5, 4, seconds(1)));
    EXPECT_LE(limiter_.remembered(), 6U);

    // What is not over yet is remembered.
    limiter_.add(5000, patch_, Lane::ordinary, TimePoint::max(), now_);
    EXPECT_THAT(ready(), IsEmpty());
}

TEST_F(RateLimiterTest, LearnsTheNameAgainAfterASweep) {
    teach(post_, limits("h", 5, 4, seconds(1)));
    now_ += minutes(20);
    teach(create_message("2"), limits("h", 5, 4, seconds(1)));

    add(post_);
    add(post_);
    EXPECT_EQ(ready().size(), 1U);
}

}  // namespace
}  // namespace nunchi::discord::rest
