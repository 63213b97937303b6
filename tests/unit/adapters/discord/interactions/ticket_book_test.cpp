#include "adapters/discord/interactions/ticket_book.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class TicketBookTest : public testing::Test {
protected:
    using Clock = TicketBook::Clock;

    Admission admit(const std::string& id, Clock::duration age = {}) {
        return book_.admit(id, "900", config::Secret("token-" + id), age, now_);
    }

    Clock::time_point now_{std::chrono::hours(1)};
    TicketBook book_{3};
};

TEST_F(TicketBookTest, RefusesAnIdThatCameBefore) {
    EXPECT_EQ(admit("1"), Admission::admitted);
    EXPECT_EQ(admit("1"), Admission::duplicate);
    EXPECT_EQ(admit("2"), Admission::admitted);
    EXPECT_EQ(admit("1"), Admission::duplicate);
}

TEST_F(TicketBookTest, StillKnowsADuplicateAfterTheAnswer) {
    admit("1");
    book_.on_acknowledged("1", now_);
    ASSERT_TRUE(book_.right_to_answer("1", now_));
    EXPECT_EQ(admit("1"), Admission::duplicate);
}

TEST_F(TicketBookTest, RefusesWhatIsThreeSecondsOld) {
    EXPECT_EQ(admit("1", seconds(3)), Admission::late);
    EXPECT_FALSE(book_.knows("1"));
    EXPECT_EQ(admit("2", milliseconds(2999)), Admission::admitted);
}

TEST_F(TicketBookTest, CountsTheThreeSecondsFromTheInteractionsBirth) {
    admit("1", milliseconds(400));
    EXPECT_EQ(book_.time_to_acknowledge("1", now_), milliseconds(2600));
    EXPECT_EQ(book_.time_to_acknowledge("1", now_ + seconds(2)), milliseconds(600));
    EXPECT_EQ(book_.time_to_acknowledge("1", now_ + seconds(4)), seconds(0));
    EXPECT_EQ(book_.time_to_acknowledge("2", now_), seconds(0));
}

TEST_F(TicketBookTest, GivesNoRightToAnswerBeforeTheAcknowledgement) {
    admit("1");
    EXPECT_EQ(book_.right_to_answer("1", now_).error(), errc::not_acknowledged);
    EXPECT_EQ(book_.right_to_answer("2", now_).error(), errc::unknown_interaction);
}

TEST_F(TicketBookTest, GivesApplicationTokenAndTimesOfAnAnswer) {
    admit("1", milliseconds(500));
    book_.on_acknowledged("1", now_ + milliseconds(100));
    const auto right = book_.right_to_answer("1", now_);
    ASSERT_TRUE(right);
    EXPECT_EQ(right->application, "900");
    EXPECT_EQ(right->token.reveal(), "token-1");
    EXPECT_EQ(right->from, now_ + milliseconds(100));
    EXPECT_EQ(right->until, now_ + minutes(15) - milliseconds(500));
}

TEST_F(TicketBookTest, EndsTheRightToAnswerAfterFifteenMinutes) {
    admit("1");
    book_.on_acknowledged("1", now_);
    EXPECT_TRUE(book_.right_to_answer("1", now_ + minutes(15) - milliseconds(1)));
    EXPECT_EQ(book_.right_to_answer("1", now_ + minutes(15)).error(), errc::expired);
}

TEST_F(TicketBookTest, ForgetsTheOldestBeyondItsCapacity) {
    for (const char* id : {"1", "2", "3", "4"}) EXPECT_EQ(admit(id), Admission::admitted);
    EXPECT_EQ(book_.size(), 3U);
    EXPECT_FALSE(book_.knows("1"));
    EXPECT_TRUE(book_.knows("2"));
    EXPECT_TRUE(book_.knows("4"));
}

TEST_F(TicketBookTest, ForgetsTheDead) {
    admit("1");
    now_ += minutes(14);
    admit("2");
    now_ += minutes(1);
    admit("3");
    EXPECT_FALSE(book_.knows("1"));
    EXPECT_TRUE(book_.knows("2"));
}

TEST_F(TicketBookTest, IgnoresTheAcknowledgementOfWhatItForgot) {
    book_.on_acknowledged("1", now_);
    EXPECT_FALSE(book_.knows("1"));
}

}  // namespace
}  // namespace nunchi::discord::interactions
