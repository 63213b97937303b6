#include "adapters/discord/gateway/identify_gate.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;

constexpr IdentifyGate::TimePoint kStart{1h};

TEST(GatewayIdentifyGate, LetsOneKeyPassEveryFiveSeconds) {
    IdentifyGate gate(1);
    gate.enter(0);
    ASSERT_LE(gate.may_pass_at(0), kStart);
    gate.pass(0, kStart);
    gate.enter(1);
    EXPECT_EQ(gate.may_pass_at(1), kStart + 5s);
    gate.pass(1, kStart + 5s);
    gate.enter(0);
    EXPECT_EQ(gate.may_pass_at(0), kStart + 10s);
}

TEST(GatewayIdentifyGate, LetsLowShardsPassFirst) {
    IdentifyGate gate(1);
    for (const int shard : {2, 0, 1}) gate.enter(shard);
    EXPECT_EQ(gate.may_pass_at(2), std::nullopt);
    EXPECT_EQ(gate.may_pass_at(1), std::nullopt);
    EXPECT_TRUE(gate.may_pass_at(0));
    gate.pass(0, kStart);
    EXPECT_EQ(gate.may_pass_at(1), kStart + 5s);
    EXPECT_EQ(gate.may_pass_at(2), std::nullopt);
}

TEST(GatewayIdentifyGate, LetsTheNextPassWhenOneLeavesTheLine) {
    IdentifyGate gate(1);
    gate.enter(0);
    gate.enter(1);
    gate.leave(0);
    EXPECT_TRUE(gate.may_pass_at(1));
}

// T14: no two identifies of one key inside of 5 s, and as many keys at once as are allowed.
TEST(GatewayIdentifyGate, StartsSixteenAtOnceAndTheNextSixteenFiveSecondsLater) {
    IdentifyGate gate(16);
    for (int shard = 31; shard >= 0; --shard) gate.enter(shard);
    std::vector<IdentifyGate::TimePoint> passed(32);
    for (auto now = kStart; now < kStart + 20s; now += 100ms) {
        for (int shard = 0; shard < 32; ++shard) {
            if (passed[static_cast<std::size_t>(shard)] != IdentifyGate::TimePoint{}) continue;
            const auto at = gate.may_pass_at(shard);
            if (!at || *at > now) continue;
            gate.pass(shard, now);
            passed[static_cast<std::size_t>(shard)] = now;
        }
    }
    for (std::size_t shard = 0; shard < 32; ++shard) {
        EXPECT_EQ(passed[shard], shard < 16 ? kStart : kStart + 5s) << shard;
    }
}

TEST(GatewayIdentifyGate, KeepsTheDistanceWhenTheKeysChange) {
    IdentifyGate gate(16);
    gate.enter(3);
    gate.pass(3, kStart);
    gate.enter(4);
    EXPECT_LE(gate.may_pass_at(4), kStart);
    gate.set_max_concurrency(1);
    EXPECT_EQ(gate.may_pass_at(4), kStart + 5s);
    gate.set_max_concurrency(0);
    EXPECT_EQ(gate.may_pass_at(4), kStart + 5s);
}

}  // namespace
}  // namespace nunchi::discord::gateway
