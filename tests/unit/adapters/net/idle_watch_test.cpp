#include "adapters/net/idle_watch.hpp"

#include <gtest/gtest.h>

namespace nunchi::net {
namespace {

using std::chrono::seconds;
using Action = IdleWatch::Action;

constexpr IdleWatch::Clock::time_point kStart{seconds(1000)};

class IdleWatchTest : public testing::Test {
protected:
    IdleWatchTest() { watch_.heard(kStart); }
    IdleWatch watch_{seconds(60)};
};

TEST_F(IdleWatchTest, PingsOnceAfterHalfOfTheLimit) {
    EXPECT_EQ(watch_.next(), kStart + seconds(30));
    EXPECT_EQ(watch_.due(kStart + seconds(29)), Action::wait);

    EXPECT_EQ(watch_.due(kStart + seconds(30)), Action::ping);

    EXPECT_EQ(watch_.due(kStart + seconds(31)), Action::wait);
    EXPECT_EQ(watch_.next(), kStart + seconds(60));
}

TEST_F(IdleWatchTest, GivesUpAtTheLimit) {
    watch_.due(kStart + seconds(30));

    EXPECT_EQ(watch_.due(kStart + seconds(59)), Action::wait);
    EXPECT_EQ(watch_.due(kStart + seconds(60)), Action::give_up);
}

TEST_F(IdleWatchTest, GivesUpAlsoWhenItWasNeverAskedInBetween) {
    EXPECT_EQ(watch_.due(kStart + seconds(61)), Action::give_up);
}

TEST_F(IdleWatchTest, StartsAnewWithWhateverIsHeard) {
    watch_.due(kStart + seconds(30));

    watch_.heard(kStart + seconds(40));

    EXPECT_EQ(watch_.next(), kStart + seconds(70));
    EXPECT_EQ(watch_.due(kStart + seconds(60)), Action::wait);
    EXPECT_EQ(watch_.due(kStart + seconds(70)), Action::ping);
    EXPECT_EQ(watch_.due(kStart + seconds(100)), Action::give_up);
}

TEST(IdleWatch, IsOffWithoutALimit) {
    EXPECT_FALSE(IdleWatch(seconds(0)).is_on());
    EXPECT_TRUE(IdleWatch(seconds(1)).is_on());
}

}  // namespace
}  // namespace nunchi::net
