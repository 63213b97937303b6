#include "adapters/discord/gateway/close_code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace nunchi::discord::gateway {
namespace {

using testing::HasSubstr;
using Codes = std::vector<std::uint16_t>;

TEST(GatewayCloseCode, FollowsTheTable) {
    const std::vector<std::pair<std::uint16_t, AfterClose>> table{
        {0, AfterClose::resume},      {1000, AfterClose::identify}, {1001, AfterClose::identify},
        {1006, AfterClose::resume},   {1009, AfterClose::resume},   {1011, AfterClose::resume},
        {1012, AfterClose::resume},   {4000, AfterClose::resume},   {4001, AfterClose::resume},
        {4002, AfterClose::resume},   {4003, AfterClose::identify}, {4004, AfterClose::stop},
        {4005, AfterClose::identify}, {4006, AfterClose::resume},   {4007, AfterClose::identify},
        {4008, AfterClose::resume},   {4009, AfterClose::identify}, {4010, AfterClose::stop},
        {4011, AfterClose::stop},     {4012, AfterClose::stop},     {4013, AfterClose::stop},
        {4014, AfterClose::stop},     {4015, AfterClose::resume},   {4999, AfterClose::resume},
    };
    for (const auto& [code, after] : table) EXPECT_EQ(verdict_of(code).after, after) << code;
}

TEST(GatewayCloseCode, BacksOffAfterRateLimit) {
    EXPECT_TRUE(verdict_of(4008).backs_off);
    EXPECT_FALSE(verdict_of(4000).backs_off);
}

TEST(GatewayCloseCode, NamesWhatIsOurFault) {
    for (const std::uint16_t code : Codes{1009, 4001, 4002, 4005, 4008})
        EXPECT_TRUE(verdict_of(code).is_our_fault) << code;
    for (const std::uint16_t code : Codes{0, 1000, 1006, 1011, 4000, 4003, 4007, 4009}) {
        EXPECT_FALSE(verdict_of(code).is_our_fault) << code;
    }
}

TEST(GatewayCloseCode, KnowsWhichCodesDiscordDoesNotDocument) {
    EXPECT_FALSE(verdict_of(4006).is_known);
    EXPECT_FALSE(verdict_of(4321).is_known);
    EXPECT_TRUE(verdict_of(0).is_known);
    EXPECT_TRUE(verdict_of(1011).is_known);
    EXPECT_TRUE(verdict_of(4009).is_known);
}

TEST(GatewayCloseCode, DoesNotEndItsSessionWhenWeClose) {
    EXPECT_GE(close_code::kResumable, 4000);
    EXPECT_LT(close_code::kResumable, 5000);
}

TEST(GatewayCloseCode, NamesTheIntentAndTheWayOut) {
    const std::string reason = stop_reason(4014, kAutoIntents | intent::kPresences);
    EXPECT_THAT(reason, HasSubstr("MESSAGE CONTENT and PRESENCE"));
    EXPECT_THAT(reason, HasSubstr("\"mention\""));
}

TEST(GatewayCloseCode, HasASentenceForEachCodeThatStops) {
    for (const std::uint16_t code : Codes{4004, 4010, 4011, 4012, 4013, 4014}) {
        EXPECT_THAT(stop_reason(code, kMentionIntents), HasSubstr(std::to_string(code)));
    }
    EXPECT_THAT(stop_reason(4004, kMentionIntents), HasSubstr("token"));
}

TEST(GatewayIntents, HaveTheValuesOfTheProfiles) {
    EXPECT_EQ(kMentionIntents, 4609U);
    EXPECT_EQ(kAutoIntents, 37377U);
    EXPECT_EQ(kReactionIntents, 1024U + 8192U);
    EXPECT_EQ(privileged_names(kMentionIntents), "");
    EXPECT_EQ(privileged_names(kAutoIntents), "MESSAGE CONTENT");
}

}  // namespace
}  // namespace nunchi::discord::gateway
