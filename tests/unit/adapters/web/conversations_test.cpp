#include "adapters/web/conversations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/web/protocol.hpp"

namespace nunchi::web {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Taken = Conversations::Taken;

struct RecordingReader : Reader {
    void say(std::string frame) override { said.push_back(std::move(frame)); }
    void finish(std::uint16_t code) override { closed_with = code; }

    std::vector<std::string> said;
    std::optional<std::uint16_t> closed_with;
};

struct WebConversations : ::testing::Test {
    std::shared_ptr<Conversations> conversations = std::make_shared<Conversations>(2);
    std::shared_ptr<RecordingReader> reader = std::make_shared<RecordingReader>();
};

TEST_F(WebConversations, AcknowledgeWhatIsHandled) {
    conversations->enter("c", reader);
    ASSERT_EQ(conversations->take("c", "m"), Taken::now);
    auto receipt = conversations->receipt_for("c", "m");
    EXPECT_THAT(reader->said, IsEmpty());
    receipt.handled();
    EXPECT_THAT(reader->said, ElementsAre(to_json(Ack{"m"})));
}

TEST_F(WebConversations, SayNothingAboutADroppedReceiptAndTakeTheMessageAgain) {
    conversations->enter("c", reader);
    ASSERT_EQ(conversations->take("c", "m"), Taken::now);
    { const auto dropped = conversations->receipt_for("c", "m"); }
    EXPECT_THAT(reader->said, IsEmpty());
    EXPECT_EQ(conversations->take("c", "m"), Taken::now);
}

TEST_F(WebConversations, DoNotTakeTwiceWhatIsUnderWay) {
    conversations->enter("c", reader);
    EXPECT_EQ(conversations->take("c", "m"), Taken::now);
    EXPECT_EQ(conversations->take("c", "m"), Taken::already);
}

TEST_F(WebConversations, LimitWhatIsUnderWayInOneConversation) {
    conversations->enter("c", reader);
    EXPECT_EQ(conversations->take("c", "1"), Taken::now);
    EXPECT_EQ(conversations->take("c", "2"), Taken::now);
    EXPECT_EQ(conversations->take("c", "3"), Taken::full);
    EXPECT_EQ(conversations->take("d", "3"), Taken::now);
}

TEST_F(WebConversations, AcknowledgeToTheReaderThatCameBack) {
    conversations->enter("c", reader);
    ASSERT_EQ(conversations->take("c", "m"), Taken::now);
    auto receipt = conversations->receipt_for("c", "m");
    conversations->leave("c", reader.get());
    const auto returned = std::make_shared<RecordingReader>();
    conversations->enter("c", returned);
    EXPECT_EQ(conversations->take("c", "m"), Taken::already);
    receipt.handled();
    EXPECT_THAT(reader->said, IsEmpty());
    EXPECT_THAT(returned->said, ElementsAre(to_json(Ack{"m"})));
}

TEST_F(WebConversations, CloseTheOlderReaderOfTheSameConversation) {
    conversations->enter("c", reader);
    const auto newer = std::make_shared<RecordingReader>();
    conversations->enter("c", newer);
    EXPECT_EQ(reader->closed_with, close_code::kReplaced);
    EXPECT_FALSE(newer->closed_with);
    conversations->leave("c", reader.get());
    EXPECT_EQ(conversations->reader_of("c"), newer);
}

TEST_F(WebConversations, EndTheWaitsOfAReaderThatLeavesOrIsReplaced) {
    conversations->enter("c", reader);
    const Confirmations::Wait first(conversations->confirmations_of("c"), "m", [] {});
    conversations->enter("c", std::make_shared<RecordingReader>());
    EXPECT_EQ(first.outcome(), Confirmations::Outcome::reader_gone);
    const Confirmations::Wait second(conversations->confirmations_of("c"), "m", [] {});
    conversations->leave("c", conversations->reader_of("c").get());
    EXPECT_EQ(second.outcome(), Confirmations::Outcome::reader_gone);
}

TEST_F(WebConversations, AreForgottenWhenNobodyReadsAndNothingIsUnderWay) {
    conversations->enter("c", reader);
    ASSERT_EQ(conversations->take("c", "m"), Taken::now);
    auto receipt = conversations->receipt_for("c", "m");
    conversations->leave("c", reader.get());
    EXPECT_EQ(conversations->size(), 1U);
    receipt.handled();
    EXPECT_EQ(conversations->size(), 0U);
}

TEST_F(WebConversations, MayBeGoneBeforeTheirReceipts) {
    conversations->enter("c", reader);
    ASSERT_EQ(conversations->take("c", "m"), Taken::now);
    auto receipt = conversations->receipt_for("c", "m");
    conversations.reset();
    receipt.handled();
    EXPECT_THAT(reader->said, IsEmpty());
}

}  // namespace
}  // namespace nunchi::web
