#include "bot/pipeline/in_flight.hpp"

#include <gtest/gtest.h>

#include "bot/pipeline/place_slots.hpp"
#include "bot/pipeline/underway.hpp"

namespace nunchi::pipeline {
namespace {

const chat::MessageRef kRef{{"test", "", "general", ""}, "1"};

chat::Receipt counting(int& fired) {
    return chat::Receipt([&fired] { ++fired; });
}

TEST(InFlight, OneOutcomeDecidesForAllDeliveriesOfAMessage) {
    InFlight messages;
    int first = 0;
    int second = 0;
    EXPECT_TRUE(messages.claim(kRef, counting(first)));
    EXPECT_FALSE(messages.claim(kRef, counting(second)));
    EXPECT_EQ(messages.waiting(), 1U);
    EXPECT_EQ(first + second, 0);

    messages.handled(kRef);

    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 1);
    EXPECT_EQ(messages.waiting(), 0U);
}

TEST(InFlight, DeliveryAfterTheOutcomeIsHandledAtOnceWhileTheAnswerIsBeingSent) {
    InFlight messages;
    int fired = 0;
    messages.claim(kRef, {});
    messages.handled(kRef);

    EXPECT_FALSE(messages.claim(kRef, counting(fired)));

    EXPECT_EQ(fired, 1);
    EXPECT_EQ(messages.waiting(), 0U);
}

TEST(InFlight, ForgottenMessageDropsAllReceiptsAndMayComeAgain) {
    InFlight messages;
    int fired = 0;
    messages.claim(kRef, counting(fired));
    messages.claim(kRef, counting(fired));

    messages.forget(kRef);

    EXPECT_EQ(messages.waiting(), 0U);
    EXPECT_EQ(fired, 0);
    EXPECT_TRUE(messages.claim(kRef, counting(fired)));
    messages.handled(kRef);
    EXPECT_EQ(fired, 1);
}

TEST(InFlight, ReceiptMayDeliverTheSameMessageOnceMore) {
    InFlight messages;
    int again = 0;
    messages.claim(kRef, chat::Receipt([&] { messages.claim(kRef, counting(again)); }));

    messages.handled(kRef);

    EXPECT_EQ(again, 1);
}

TEST(InFlight, EndOfAClaimForgetsTheMessage) {
    auto messages = std::make_shared<InFlight>();
    int fired = 0;
    messages->claim(kRef, counting(fired));
    {
        Claim claim(messages, kRef);
        const Claim moved(std::move(claim));
        EXPECT_FALSE(messages->claim(kRef, {}));
    }
    EXPECT_TRUE(messages->claim(kRef, {}));
    messages->handled({{}, "unknown"});
}

TEST(Underway, TellsTheSenderThatTheReaderIsBack) {
    Underway answers;
    EXPECT_TRUE(answers.begin(7));
    EXPECT_FALSE(answers.has_reader_returned(7));
    EXPECT_FALSE(answers.begin(7));
    EXPECT_TRUE(answers.has_reader_returned(7));
    EXPECT_FALSE(answers.has_reader_returned(7));
    answers.end(7);
    EXPECT_FALSE(answers.has_reader_returned(7));
    EXPECT_TRUE(answers.begin(7));
}

TEST(PlaceSlots, AreCountedPerPlaceAndComeBack) {
    const auto slots = std::make_shared<PlaceSlots>(1);
    auto first = slots->take(kRef.place);
    EXPECT_TRUE(first);
    EXPECT_FALSE(slots->take(kRef.place));
    EXPECT_TRUE(slots->take({"test", "", "random", ""}));
    first.reset();
    EXPECT_TRUE(slots->take(kRef.place));
}

TEST(PlaceSlots, NoneAtAllMeansNever) {
    const auto slots = std::make_shared<PlaceSlots>(0);
    EXPECT_FALSE(slots->take(kRef.place));
    EXPECT_FALSE(slots->take(kRef.place));
}

}  // namespace
}  // namespace nunchi::pipeline
