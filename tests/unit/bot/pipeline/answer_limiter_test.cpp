#include "bot/pipeline/answer_limiter.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace nunchi::pipeline {
namespace {

using namespace std::chrono_literals;
using Reservation = AnswerLimiter::Reservation;

chat::Message by(std::string author, std::string channel = "general", std::string community = "guild") {
    chat::Message message;
    message.ref = {{"test", std::move(community), std::move(channel), ""}, "1"};
    message.author.id = std::move(author);
    return message;
}

class AnswerLimiterTest : public testing::Test {
public:
    PlatformOptions limits{.burst_window = 3000ms};
    AnswerLimiter limiter;

    AnswerLimiter::Verdict ask(const chat::Message& message, std::chrono::milliseconds at) {
        return limiter.reserve(message, limits, AnswerLimiter::TimePoint(std::chrono::hours(1)) + at);
    }

    /// Answers when it may; else says why not.
    std::optional<PassedOver> answer(const chat::Message& message, std::chrono::milliseconds at) {
        AnswerLimiter::Verdict verdict = ask(message, at);
        if (const auto* reason = std::get_if<PassedOver>(&verdict)) return *reason;
        std::get<Reservation>(verdict).commit();
        return std::nullopt;
    }
};

TEST_F(AnswerLimiterTest, AnswersTheFirstMessageOfARunAndTheNextWhenTheWindowIsOver) {
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("minji"), 1ms), PassedOver::burst);
    EXPECT_EQ(answer(by("minji"), 2999ms), PassedOver::burst);
    EXPECT_EQ(answer(by("minji"), 3000ms), std::nullopt);
    EXPECT_EQ(answer(by("minji"), 5999ms), PassedOver::burst);
}

TEST_F(AnswerLimiterTest, KeepsPeopleChannelsAndThreadsApart) {
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("jun"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("minji", "random"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("minji", "general", "other"), 0ms), std::nullopt);
    chat::Message in_thread = by("minji");
    in_thread.ref.place.thread = "t";
    EXPECT_EQ(answer(in_thread, 0ms), std::nullopt);
    chat::Message elsewhere = by("minji");
    elsewhere.ref.place.platform = "other";
    EXPECT_EQ(answer(elsewhere, 0ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, ReservationHoldsOthersBackAndItsEndLetsThemGo) {
    {
        AnswerLimiter::Verdict first = ask(by("minji"), 0ms);
        ASSERT_TRUE(std::holds_alternative<Reservation>(first));
        EXPECT_EQ(answer(by("minji"), 1ms), PassedOver::burst);
    }
    EXPECT_EQ(answer(by("minji"), 2ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, LostAnswerLeavesTheWindowOfTheOneBefore) {
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    chat::Message addressed = by("minji");
    addressed.is_addressed = true;
    { const auto lost = ask(addressed, 2000ms); }

    EXPECT_EQ(answer(by("minji"), 2999ms), PassedOver::burst);
    EXPECT_EQ(answer(by("minji"), 3000ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, TwoLostAnswersAtTheSameTimeLeaveNothing) {
    chat::Message addressed = by("minji");
    addressed.is_addressed = true;
    {
        const auto first = ask(addressed, 0ms);
        const auto second = ask(addressed, 1ms);
    }
    EXPECT_EQ(answer(by("minji"), 2ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, AlwaysAnswersWhoAddressesTheBotAndCountsItAsAnAnswer) {
    chat::Message addressed = by("minji");
    addressed.is_addressed = true;
    limits.user_cooldown = limits.channel_cooldown = limits.community_cooldown = 60'000ms;

    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(answer(addressed, 1000ms), std::nullopt);
    EXPECT_EQ(answer(addressed, 1001ms), std::nullopt);
    EXPECT_EQ(answer(by("minji"), 4000ms), PassedOver::burst);
}

TEST_F(AnswerLimiterTest, CooldownsReachAsFarAsTheirNamesSay) {
    limits.burst_window = 0ms;
    limits.user_cooldown = 10ms;
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("minji", "random", "other"), 9ms), PassedOver::cooldown);
    EXPECT_EQ(answer(by("jun"), 9ms), std::nullopt);

    limits.user_cooldown = 0ms;
    limits.channel_cooldown = 10ms;
    EXPECT_EQ(answer(by("a", "c1"), 100ms), std::nullopt);
    EXPECT_EQ(answer(by("b", "c1"), 109ms), PassedOver::cooldown);
    EXPECT_EQ(answer(by("b", "c2"), 109ms), std::nullopt);

    limits.channel_cooldown = 0ms;
    limits.community_cooldown = 10ms;
    EXPECT_EQ(answer(by("a", "c1"), 200ms), std::nullopt);
    EXPECT_EQ(answer(by("b", "c2"), 209ms), PassedOver::cooldown);
    EXPECT_EQ(answer(by("b", "c2", "other"), 209ms), std::nullopt);
    EXPECT_EQ(answer(by("b", "c2"), 210ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, PrivateTalksShareNoCommunity) {
    limits.burst_window = 0ms;
    limits.community_cooldown = 1000ms;
    EXPECT_EQ(answer(by("minji", "dm1", ""), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("jun", "dm2", ""), 0ms), std::nullopt);
}

TEST_F(AnswerLimiterTest, RemembersNothingWhenNothingIsLimited) {
    limits.burst_window = 0ms;
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(answer(by("minji"), 0ms), std::nullopt);
    EXPECT_EQ(limiter.size(), 0U);
}

TEST(AnswerLimiter, StaysWithinItsBoundAndForgetsTheOldest) {
    const PlatformOptions limits{.burst_window = 3000ms};
    const AnswerLimiter::TimePoint now{std::chrono::hours(1)};
    AnswerLimiter limiter(8);
    {
        const auto open = limiter.reserve(by("first"), limits, now);
        for (int i = 0; i < 100; ++i) {
            auto verdict = limiter.reserve(by(std::to_string(i)), limits, now);
            ASSERT_TRUE(std::holds_alternative<Reservation>(verdict));
            std::get<Reservation>(verdict).commit();
        }
        EXPECT_EQ(limiter.size(), 8U);
    }  // The end of a reservation whose window is forgotten.
    EXPECT_TRUE(std::holds_alternative<PassedOver>(limiter.reserve(by("99"), limits, now)));
    EXPECT_TRUE(std::holds_alternative<Reservation>(limiter.reserve(by("0"), limits, now)));
}

}  // namespace
}  // namespace nunchi::pipeline
