#include "adapters/slack/web_api/rate_limiter.hpp"

#include <gmock/gmock.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Admission = RateLimiter::Admission;

const RateLimiter::TimePoint kStart{std::chrono::hours(1)};
const RateLimiter::TimePoint kNever = kStart + std::chrono::hours(24);

Call call_of(Method method, const char* team = "T1", const char* channel = "C1") {
    Call call;
    call.method = method;
    call.caller.team = team;
    call.arguments = {{"channel", channel}};
    return call;
}

class SlackRateLimiter : public testing::Test {
protected:
    RateLimiter limiter_{{.max_in_flight = 100, .max_queued = 300, .max_queued_per_bucket = 200}};
    CallId last_ = 0;

    RateLimiter::Admitted add(const Call& call, RateLimiter::TimePoint now = kStart) {
        return limiter_.add(++last_, call, kNever, now);
    }
    /// Lets these leave and end.
    std::vector<CallId> pass(RateLimiter::TimePoint now) {
        auto ids = limiter_.ready(now);
        for (const CallId id : ids) limiter_.finish(id);
        return ids;
    }
    void use_up(Method method, const char* team = "T1") {
        const std::size_t calls = traits(method).limit.calls;
        for (std::size_t i = 0; i < calls; ++i) add(call_of(method, team));
        EXPECT_THAT(pass(kStart), SizeIs(calls));
    }
};

TEST_F(SlackRateLimiter, LetsTheTiersCallsLeaveAndKeepsTheRest) {
    for (int i = 0; i < 60; ++i) add(call_of(Method::reactions_add));
    EXPECT_THAT(pass(kStart), SizeIs(50));
    EXPECT_EQ(limiter_.waiting(), 10U);
    const auto wake = limiter_.next_wake(kStart);
    EXPECT_EQ(wake, kStart + seconds(60) + Window::kMargin);
    EXPECT_THAT(pass(*wake), SizeIs(10));
}

TEST_F(SlackRateLimiter, KeepsWorkspacesApart) {
    use_up(Method::reactions_add);
    add(call_of(Method::reactions_add, "T1"));
    add(call_of(Method::reactions_add, "T2"));
    EXPECT_THAT(pass(kStart), ElementsAre(52));
}

TEST_F(SlackRateLimiter, KeepsMethodsApart) {
    use_up(Method::reactions_add);
    add(call_of(Method::chat_update));
    EXPECT_THAT(pass(kStart), SizeIs(1));
}

TEST_F(SlackRateLimiter, PostsOneMessageASecondInEachChannel) {
    add(call_of(Method::chat_post_message, "T1", "C1"));
    add(call_of(Method::chat_post_message, "T1", "C1"));
    add(call_of(Method::chat_post_message, "T1", "C2"));
    EXPECT_THAT(pass(kStart), testing::UnorderedElementsAre(1, 3));
    EXPECT_THAT(pass(kStart + seconds(2)), ElementsAre(2));
}

TEST_F(SlackRateLimiter, LetsTheNewestReactionLeaveFirst) {
    use_up(Method::reactions_add);
    for (int i = 0; i < 3; ++i) add(call_of(Method::reactions_add));
    EXPECT_THAT(pass(kStart + seconds(61)), ElementsAre(53, 52, 51));
}

TEST_F(SlackRateLimiter, LetsTheOldestOfOtherCallsLeaveFirst) {
    use_up(Method::chat_update);
    for (int i = 0; i < 3; ++i) add(call_of(Method::chat_update));
    EXPECT_THAT(pass(kStart + seconds(61)), ElementsAre(51, 52, 53));
}

TEST_F(SlackRateLimiter, PutsEditsBehindNewMessages) {
    use_up(Method::reactions_add);
    add(call_of(Method::reactions_add));
    Call edit = call_of(Method::reactions_add);
    edit.is_second_rank = true;
    add(edit);
    EXPECT_THAT(pass(kStart + seconds(61)), ElementsAre(51, 52));
}

TEST_F(SlackRateLimiter, DropsTheOldestReactionWhenTheQueueIsFull) {
    use_up(Method::reactions_add);
    for (int i = 0; i < 200; ++i) EXPECT_FALSE(add(call_of(Method::reactions_add)).pushed_out);
    const auto admitted = add(call_of(Method::reactions_add));
    EXPECT_EQ(admitted.admission, Admission::queued);
    EXPECT_EQ(admitted.pushed_out, 51U);
    EXPECT_EQ(limiter_.waiting(), 200U);
    EXPECT_FALSE(limiter_.is_waiting(51));
    EXPECT_TRUE(limiter_.is_waiting(251));
}

TEST_F(SlackRateLimiter, DropsAnEditBeforeANewMessage) {
    use_up(Method::reactions_add);
    for (int i = 0; i < 199; ++i) add(call_of(Method::reactions_add));
    Call edit = call_of(Method::reactions_add);
    edit.is_second_rank = true;
    add(edit);
    const CallId edited = last_;
    EXPECT_EQ(add(call_of(Method::reactions_add)).pushed_out, edited);
    EXPECT_EQ(add(edit).admission, Admission::full);
}

TEST_F(SlackRateLimiter, RefusesOtherCallsWhenTheQueueIsFull) {
    use_up(Method::chat_update);
    for (int i = 0; i < 200; ++i) add(call_of(Method::chat_update));
    EXPECT_EQ(add(call_of(Method::chat_update)).admission, Admission::full);
    EXPECT_EQ(add(call_of(Method::users_info)).admission, Admission::queued);
}

TEST_F(SlackRateLimiter, BoundsAllQueuesTogether) {
    for (int i = 0; i < 200; ++i) add(call_of(Method::reactions_add, "T1"));
    for (int i = 0; i < 100; ++i) add(call_of(Method::reactions_add, "T2"));
    EXPECT_EQ(add(call_of(Method::reactions_add, "T3")).admission, Admission::full);
    EXPECT_EQ(add(call_of(Method::reactions_add, "T2")).pushed_out, 201U) << "its own, not another's";
}

TEST_F(SlackRateLimiter, RefusesAtOnceWhatCannotLeaveInTime) {
    use_up(Method::chat_update);
    const auto admitted = limiter_.add(++last_, call_of(Method::chat_update), kStart + seconds(30), kStart);
    EXPECT_EQ(admitted.admission, Admission::too_late);
    EXPECT_EQ(limiter_.waiting(), 0U);
}

TEST_F(SlackRateLimiter, PausesTheBucketOfA429Alone) {
    add(call_of(Method::reactions_add, "T1"));
    EXPECT_THAT(limiter_.ready(kStart), ElementsAre(1));
    limiter_.finish_limited(1, kStart + seconds(30));
    add(call_of(Method::reactions_add, "T1"));
    add(call_of(Method::reactions_add, "T2"));
    add(call_of(Method::chat_update, "T1"));
    EXPECT_THAT(pass(kStart), testing::UnorderedElementsAre(3, 4));
    EXPECT_EQ(limiter_.next_wake(kStart), kStart + seconds(30));
    EXPECT_THAT(pass(kStart + seconds(30)), ElementsAre(2));
}

TEST_F(SlackRateLimiter, ReturnsToTheTiersRateAfterA429) {
    for (int i = 0; i < 50; ++i) add(call_of(Method::reactions_add));
    const auto ids = limiter_.ready(kStart);
    for (const CallId id : ids) limiter_.finish_limited(id, kStart + seconds(30));
    for (int i = 0; i < 50; ++i) add(call_of(Method::reactions_add));
    EXPECT_THAT(pass(kStart + seconds(30)), SizeIs(1));
    EXPECT_THAT(pass(kStart + seconds(36)), SizeIs(testing::AllOf(testing::Ge(4), testing::Le(5))));
}

TEST_F(SlackRateLimiter, BoundsTheRequestsUnderWayButNotUrgentOnes) {
    RateLimiter limiter({.max_in_flight = 2, .max_queued = 100, .max_queued_per_bucket = 100});
    for (CallId id = 1; id <= 3; ++id) limiter.add(id, call_of(Method::users_info), kNever, kStart);
    limiter.add(4, call_of(Method::views_open), kNever, kStart);
    EXPECT_THAT(limiter.ready(kStart), testing::UnorderedElementsAre(1, 2, 4));
    EXPECT_EQ(limiter.next_wake(kStart), std::nullopt) << "the end of a request wakes it";
    limiter.finish(4);
    EXPECT_THAT(limiter.ready(kStart), IsEmpty());
    limiter.finish(1);
    EXPECT_THAT(limiter.ready(kStart), ElementsAre(3));
}

TEST_F(SlackRateLimiter, ServesWorkspacesInTurn) {
    RateLimiter limiter({.max_in_flight = 1, .max_queued = 100, .max_queued_per_bucket = 100});
    for (CallId id = 1; id <= 3; ++id) limiter.add(id, call_of(Method::users_info, "T1"), kNever, kStart);
    for (CallId id = 4; id <= 6; ++id) limiter.add(id, call_of(Method::users_info, "T2"), kNever, kStart);
    std::vector<CallId> order;
    for (int i = 0; i < 6; ++i) {
        const auto ids = limiter.ready(kStart);
        ASSERT_THAT(ids, SizeIs(1));
        order.push_back(ids.front());
        limiter.finish(ids.front());
    }
    EXPECT_THAT(order, ElementsAre(1, 4, 2, 5, 3, 6));
}

TEST_F(SlackRateLimiter, ForgetsBucketsThatAreNotUsed) {
    for (int i = 0; i < 100; ++i) {
        const std::string channel = "C" + std::to_string(i);
        add(call_of(Method::chat_post_message, "T1", channel.c_str()));
    }
    pass(kStart);
    EXPECT_EQ(limiter_.buckets(), 100U);
    pass(kStart + seconds(2));
    EXPECT_EQ(limiter_.buckets(), 0U);
}

TEST_F(SlackRateLimiter, TakesCallsBack) {
    add(call_of(Method::users_info));
    limiter_.withdraw(1);
    limiter_.withdraw(1);
    limiter_.withdraw(77);
    EXPECT_EQ(limiter_.waiting(), 0U);
    EXPECT_THAT(limiter_.ready(kStart), IsEmpty());
}

}  // namespace
}  // namespace nunchi::slack::web_api
