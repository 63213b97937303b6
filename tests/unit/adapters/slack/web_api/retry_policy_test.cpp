#include "adapters/slack/web_api/retry_policy.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RetryPolicy::TimePoint kStart{std::chrono::hours(1)};
const RetryPolicy::TimePoint kLate = kStart + std::chrono::hours(1);

RetryPolicy policy(bool is_repeatable = true, RetryPolicy::TimePoint deadline = kLate) {
    return RetryPolicy({.max_retries = 2}, is_repeatable, deadline, 1);
}

TEST(SlackRetryPolicy, RepeatsAFewTimesWithGrowingWaits) {
    auto retries = policy();
    const auto first = retries.after(Outcome::unknown, kStart);
    const auto second = retries.after(Outcome::not_sent, kStart);
    ASSERT_TRUE(first && second);
    EXPECT_GE(*first, milliseconds(250));
    EXPECT_LE(*first, milliseconds(500));
    EXPECT_GE(*second, milliseconds(500));
    EXPECT_FALSE(retries.after(Outcome::not_done, kStart));
}

TEST(SlackRetryPolicy, NeverRepeatsBlindlyWhatDoesHarmTwice) {
    EXPECT_FALSE(policy(false).after(Outcome::unknown, kStart));
    EXPECT_TRUE(policy(false).after(Outcome::not_sent, kStart));
    EXPECT_TRUE(policy(false).after(Outcome::not_done, kStart));
}

TEST(SlackRetryPolicy, NeverRepeatsWhatIsFinal) {
    for (const Outcome outcome :
         {Outcome::success, Outcome::refused, Outcome::redirected, Outcome::hopeless, Outcome::cancelled}) {
        EXPECT_FALSE(policy().after(outcome, kStart));
    }
}

TEST(SlackRetryPolicy, RepeatsNothingAfterTheDeadline) {
    EXPECT_FALSE(policy(true, kStart + milliseconds(100)).after(Outcome::unknown, kStart));
}

TEST(SlackRetryPolicy, ObeysRetryAfter) {
    auto retries = policy();
    EXPECT_EQ(retries.after_rate_limit(seconds(30)), seconds(30));
}

TEST(SlackRetryPolicy, ObeysASecond429ForLonger) {
    auto retries = policy();
    EXPECT_EQ(retries.after_rate_limit(seconds(0)), seconds(0));
    EXPECT_GE(retries.after_rate_limit(seconds(0)), milliseconds(250));
    EXPECT_EQ(retries.after_rate_limit(seconds(30)), seconds(30));
}

TEST(SlackRetryPolicy, BacksOffWhereA429SaysNothing) {
    EXPECT_GE(policy().after_rate_limit(std::nullopt), milliseconds(250));
}

}  // namespace
}  // namespace nunchi::slack::web_api
