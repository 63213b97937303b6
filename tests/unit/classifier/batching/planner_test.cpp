#include "classifier/batching/planner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace nunchi::batching {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Counts = std::vector<std::size_t>;

TEST(Planner, MakesNoBatchOfNoRequests) {
    EXPECT_THAT(plan_batch({}, {}), IsEmpty());
}

TEST(Planner, TakesEverythingThatFits) {
    EXPECT_THAT(plan_batch(Counts{3, 3, 3}, {.max_tokens = 9, .max_requests = 3}), ElementsAre(0, 1, 2));
}

TEST(Planner, StopsBeforeTheTokenCapIsPassed) {
    EXPECT_THAT(plan_batch(Counts{3, 3, 3}, {.max_tokens = 8, .max_requests = 10}), ElementsAre(0, 1));
}

TEST(Planner, StopsAtTheRequestCap) {
    EXPECT_THAT(plan_batch(Counts{3, 3, 3}, {.max_tokens = 100, .max_requests = 2}), ElementsAre(0, 1));
}

TEST(Planner, LetsNoShorterRequestOvertakeOneThatDoesNotFit) {
    EXPECT_THAT(plan_batch(Counts{6, 8, 3}, {.max_tokens = 10, .max_requests = 10}), ElementsAre(0));
}

TEST(Planner, RunsARequestLargerThanTheCapAlone) {
    EXPECT_THAT(plan_batch(Counts{50, 3}, {.max_tokens = 10, .max_requests = 10}), ElementsAre(0));
    EXPECT_THAT(plan_batch(Counts{3, 50}, {.max_tokens = 10, .max_requests = 10}), ElementsAre(0));
}

TEST(Planner, OrdersByLengthAndKeepsTheOrderOfEqualLengths) {
    EXPECT_THAT(plan_batch(Counts{9, 4, 9, 3, 4}, {.max_tokens = 100, .max_requests = 10}),
                ElementsAre(3, 1, 4, 0, 2));
}

TEST(Planner, AlwaysTakesTheOldestEvenWithLimitsOfZero) {
    EXPECT_THAT(plan_batch(Counts{5, 5}, {.max_tokens = 0, .max_requests = 0}), ElementsAre(0));
}

TEST(Planner, DoesNotWrapAroundOnHugeCounts) {
    constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max();

    EXPECT_THAT(plan_batch(Counts{kHuge, kHuge}, {.max_tokens = 10, .max_requests = 10}), ElementsAre(0));
    EXPECT_THAT(plan_batch(Counts{2, kHuge}, {.max_tokens = kHuge, .max_requests = 10}), ElementsAre(0));
}

}  // namespace
}  // namespace nunchi::batching
