#include "adapters/discord/gateway/identify_budget.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;

constexpr IdentifyBudget::TimePoint kStart{500'000h};

/// How many may go until `end` by one who never waits longer than he must.
int spend_all(IdentifyBudget& budget, IdentifyBudget::TimePoint& now, IdentifyBudget::TimePoint end) {
    int count = 0;
    for (;;) {
        const auto wait = budget.wait(now);
        if (now + wait >= end) return count;
        now += wait;
        budget.spend(now);
        ++count;
    }
}

TEST(GatewayIdentifyBudget, LetsABurstGoAtOnce) {
    IdentifyBudget budget({.per_day = 900, .burst = 30});
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(budget.wait(kStart), 0ms) << i;
        budget.spend(kStart);
    }
    EXPECT_EQ(budget.wait(kStart), 96s);  // a day / 900
    EXPECT_EQ(budget.wait(kStart + 90s), 6s);
    EXPECT_EQ(budget.wait(kStart + 96s), 0ms);
}

TEST(GatewayIdentifyBudget, RefillsTheBurst) {
    IdentifyBudget budget({.per_day = 900, .burst = 30});
    for (int i = 0; i < 30; ++i) budget.spend(kStart);
    const auto later = kStart + 30 * 96s;
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(budget.wait(later), 0ms) << i;
        budget.spend(later);
    }
    EXPECT_GT(budget.wait(later), 0ms);
}

TEST(GatewayIdentifyBudget, NeverSpendsMoreThanItsCeilingInADay) {
    IdentifyBudget budget({.per_day = 900, .burst = 30});
    auto now = kStart;
    EXPECT_LE(spend_all(budget, now, kStart + 24h), 900);
    EXPECT_GE(budget.spent(now), 890U);
    EXPECT_LE(spend_all(budget, now, kStart + 48h), 900);
}

// T16: a process that is started again and again.
TEST(GatewayIdentifyBudget, SurvivesRestarts) {
    std::string stored;
    auto now = kStart;
    int spent = 0;
    while (now < kStart + 24h) {
        IdentifyBudget budget({.per_day = 900, .burst = 30});
        if (!stored.empty()) {
            ASSERT_TRUE(budget.load(stored, now));
        }
        const auto wait = budget.wait(now);
        // It crashes soon after its login, or while it waits.
        now += 2s;
        if (wait > 0ms) continue;
        budget.spend(now);
        stored = budget.to_text();
        ++spent;
    }
    EXPECT_LE(spent, 900);
    EXPECT_GE(spent, 850);
}

TEST(GatewayIdentifyBudget, ForgetsNothingEarlyWhenItIsStored) {
    IdentifyBudget before({.per_day = 1, .burst = 1});
    before.spend(kStart + 100ms);
    IdentifyBudget after({.per_day = 1, .burst = 1});
    ASSERT_TRUE(after.load(before.to_text(), kStart + 1h));
    EXPECT_GE(after.wait(kStart + 1h), 23h + 100ms);
    EXPECT_EQ(after.wait(kStart + 24h + 1s), 0ms);
}

TEST(GatewayIdentifyBudget, WaitsForDiscordsReset) {
    IdentifyBudget budget;
    budget.set_start_limit({.remaining = 0, .reset_after = 1h}, kStart);
    EXPECT_EQ(budget.wait(kStart), 1h);
    EXPECT_EQ(budget.wait(kStart + 59min), 1min);
    EXPECT_EQ(budget.wait(kStart + 1h), 0ms);
}

TEST(GatewayIdentifyBudget, CountsDownWhatDiscordLeaves) {
    IdentifyBudget budget;
    budget.set_start_limit({.remaining = 2, .reset_after = 1h}, kStart);
    budget.spend(kStart);
    EXPECT_EQ(budget.wait(kStart), 0ms);
    budget.spend(kStart);
    EXPECT_EQ(budget.wait(kStart), 1h);
}

TEST(GatewayIdentifyBudget, StaysBelowTheTotalThatDiscordAnnounces) {
    IdentifyBudget budget({.per_day = 900, .burst = 900});
    budget.set_start_limit({.total = 100, .remaining = 1000}, kStart);
    for (int i = 0; i < 90; ++i) {
        ASSERT_EQ(budget.wait(kStart), 0ms) << i;
        budget.spend(kStart);
    }
    EXPECT_EQ(budget.wait(kStart), 24h);
}

TEST(GatewayIdentifyBudget, DoesNotTrustAServerThatNeverCounts) {
    IdentifyBudget budget({.per_day = 900, .burst = 30});
    for (int i = 0; i < 30; ++i) {
        budget.set_start_limit({.total = 1000, .remaining = 999}, kStart);
        budget.spend(kStart);
    }
    EXPECT_GT(budget.wait(kStart), 0ms);
}

TEST(GatewayIdentifyBudget, WaitsNotLongerThanADayWhenTheClockGoesBack) {
    IdentifyBudget budget({.per_day = 1, .burst = 1});
    budget.spend(kStart + 1000h);
    EXPECT_EQ(budget.wait(kStart), 24h);
    EXPECT_EQ(budget.wait(kStart + 24h), 0ms);
}

TEST(GatewayIdentifyBudget, LoadsOnlyItsOwnText) {
    IdentifyBudget budget;
    for (const char* text : {"", "x", "{}", "[-1]", "[\"1\"]", "[1.5]", "[999999999999999]", "[[]]"}) {
        EXPECT_FALSE(budget.load(text, kStart)) << text;
    }
    EXPECT_EQ(budget.spent(kStart), 0U);
    EXPECT_TRUE(budget.load("[]", kStart));
}

}  // namespace
}  // namespace nunchi::discord::gateway
