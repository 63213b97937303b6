#include "adapters/discord/rest/retry_policy.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::rest {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr RetryPolicy::TimePoint kStart{std::chrono::hours(100)};

RetryPolicy policy(bool is_repeatable = true, seconds max_age = seconds(1000)) {
    return {RetryOptions{}, is_repeatable, kStart + max_age, 7};
}

int retries(Outcome outcome, bool is_repeatable) {
    RetryPolicy subject = policy(is_repeatable);
    int count = 0;
    while (subject.after(outcome, kStart) && count < 100) ++count;
    return count;
}

TEST(RetryPolicy, RepeatsThreeTimesWhatFailed) {
    EXPECT_EQ(retries(Outcome::failed, true), 3);
    EXPECT_EQ(retries(Outcome::failed, false), 3);
    EXPECT_EQ(retries(Outcome::not_sent, false), 3);
}

TEST(RetryPolicy, RepeatsAnUnknownOutcomeOnlyWhereThatDoesNoHarm) {
    EXPECT_EQ(retries(Outcome::unknown, true), 3);
    EXPECT_EQ(retries(Outcome::unknown, false), 0);
}

TEST(RetryPolicy, NeverRepeatsARefusal) {
    for (const Outcome outcome :
         {Outcome::success, Outcome::refused, Outcome::redirected, Outcome::hopeless, Outcome::cancelled}) {
        EXPECT_EQ(retries(outcome, true), 0);
    }
}

TEST(RetryPolicy, WaitsLongerEachTime) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RetryPolicy subject(RetryOptions{}, true, kStart + seconds(1000), seed);
        const auto first = *subject.after(Outcome::failed, kStart);
        const auto second = *subject.after(Outcome::failed, kStart);
        const auto third = *subject.after(Outcome::failed, kStart);
        EXPECT_GE(first, milliseconds(250));
        EXPECT_LE(first, second);
        EXPECT_LE(second, third);
        EXPECT_LE(third, seconds(2));
    }
}

TEST(RetryPolicy, WaitsDifferFromCallToCall) {
    RetryPolicy one(RetryOptions{}, true, kStart + seconds(1000), 1);
    RetryPolicy other(RetryOptions{}, true, kStart + seconds(1000), 2);

    EXPECT_NE(one.after(Outcome::failed, kStart), other.after(Outcome::failed, kStart));
}

TEST(RetryPolicy, RepeatsNothingBeyondTheDeadline) {
    RetryPolicy subject = policy(true, seconds(3));

    EXPECT_EQ(subject.after_rate_limit(seconds(3), kStart), std::nullopt);
    EXPECT_EQ(subject.after(Outcome::failed, kStart + seconds(3)), std::nullopt);
    EXPECT_EQ(subject.after(Outcome::failed, kStart + seconds(30)), std::nullopt);
    EXPECT_TRUE(policy(true, seconds(3)).after_rate_limit(milliseconds(2999), kStart));
}

TEST(RetryPolicy, ObeysTheServersWait) {
    EXPECT_EQ(policy().after_rate_limit(nanoseconds(0), kStart), seconds(0));
    EXPECT_EQ(policy().after_rate_limit(milliseconds(64'570), kStart), milliseconds(64'570));
}

TEST(RetryPolicy, DoesNotCountA429AsAFailure) {
    RetryPolicy subject = policy();
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(subject.after_rate_limit(milliseconds(1), kStart));

    EXPECT_TRUE(subject.after(Outcome::failed, kStart));
}

TEST(RetryPolicy, DoesNotHammerAServerThatSaysZero) {
    RetryPolicy subject = policy();
    subject.after_rate_limit(nanoseconds(0), kStart);

    EXPECT_GE(subject.after_rate_limit(nanoseconds(0), kStart), milliseconds(250));
    EXPECT_GE(subject.after_rate_limit(nanoseconds(0), kStart), milliseconds(500));
    EXPECT_GE(subject.after_rate_limit(nanoseconds(0), kStart), milliseconds(1000));
    EXPECT_EQ(subject.after_rate_limit(seconds(100), kStart), seconds(100));
}

TEST(RetryPolicy, BacksOffWhenTheServerSaysNothing) {
    RetryPolicy subject = policy();
    EXPECT_GE(subject.after_rate_limit(std::nullopt, kStart), milliseconds(250));
    EXPECT_GE(subject.after_rate_limit(std::nullopt, kStart), milliseconds(500));
}

}  // namespace
}  // namespace nunchi::discord::rest
