#include "adapters/discord/interactions/lateness.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class LatenessTest : public testing::Test {
protected:
    /// An interaction that took so long, on a machine whose clock is off.
    std::chrono::system_clock::duration age_after(std::chrono::system_clock::duration transit) {
        received_ += seconds(10);
        return lateness_.age_of(received_ - transit - clock_error_, received_);
    }

    Lateness lateness_;
    std::chrono::system_clock::time_point received_{hours(400'000)};
    std::chrono::system_clock::duration clock_error_{0};
};

TEST_F(LatenessTest, OfTheFirstIsNone) {
    EXPECT_EQ(age_after(milliseconds(80)), seconds(0));
}

TEST_F(LatenessTest, IsWhatAnInteractionTookLongerThanTheQuickest) {
    age_after(milliseconds(80));
    EXPECT_EQ(age_after(milliseconds(180)), milliseconds(100));
    EXPECT_EQ(age_after(milliseconds(50)), seconds(0));
    EXPECT_EQ(age_after(seconds(30)), seconds(30) - milliseconds(50));
}

TEST_F(LatenessTest, DoesNotDependOnTheMachinesClock) {
    for (const auto error : {hours(5), hours(-5)}) {
        clock_error_ = error;
        lateness_ = {};
        EXPECT_EQ(age_after(milliseconds(80)), seconds(0));
        EXPECT_EQ(age_after(milliseconds(180)), milliseconds(100));
    }
}

TEST_F(LatenessTest, GetsUsedToAClockThatWasSet) {
    for (int i = 0; i < 4; ++i) age_after(milliseconds(80));
    clock_error_ = seconds(10);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(age_after(milliseconds(80)), seconds(10));
    EXPECT_EQ(age_after(milliseconds(80)), seconds(0));
}

TEST_F(LatenessTest, DoesNotComeFromAClockThatDriftsBetweenRareInteractions) {
    for (int week = 0; week < 10; ++week) {
        EXPECT_EQ(age_after(milliseconds(80)), seconds(0)) << week;
        received_ += hours(7 * 24);
        clock_error_ += seconds(7);
    }
}

TEST_F(LatenessTest, RemembersTheQuickestForTenMinutes) {
    age_after(milliseconds(80));
    received_ += minutes(9);
    EXPECT_EQ(age_after(seconds(5)), milliseconds(4920));
    received_ += minutes(9);
    EXPECT_EQ(age_after(seconds(5)), seconds(0));
}

}  // namespace
}  // namespace nunchi::discord::interactions
