#include "adapters/web/adapter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "adapters/web/protocol.hpp"
#include "tests/unit/adapters/web/adapter_scene.hpp"

namespace nunchi::web {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(WebAdapterTest, WelcomesAndTellsTheCoreThatTheReaderReturned) {
    start({.model_card = [] { return ModelCard{"starter", "데이터"}; }});
    const Page& page = enter();
    ASSERT_THAT(page.heard, SizeIs(1));
    EXPECT_EQ(page.heard[0], (json{{"type", "welcome"},
                                   {"v", 1},
                                   {"max_text", 2000},
                                   {"model", "starter"},
                                   {"attribution", "데이터"}}));
    ASSERT_THAT(inbox.all<chat::ReaderReturned>(), SizeIs(1));
    EXPECT_EQ(inbox.all<chat::ReaderReturned>()[0].place, (chat::Place{"web", {}, kConversation, {}}));
}

TEST_F(WebAdapterTest, DeliversAMessageAndAcknowledgesItWhenItIsHandled) {
    start();
    const Page& page = enter();
    page.say_message("m");
    poll();
    const auto messages = inbox.all<chat::MessageCreated>();
    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_EQ(messages[0].message.ref.message, "m");
    EXPECT_EQ(messages[0].message.ref.place.channel, kConversation);
    EXPECT_EQ(messages[0].message.text, "안녕");
    EXPECT_TRUE(messages[0].message.is_addressed);
    EXPECT_FALSE(messages[0].message.author.is_self);
    EXPECT_THAT(page.types(), ElementsAre("welcome"));
    inbox.delivered.back().receipt.handled();
    poll();
    EXPECT_THAT(page.types(), ElementsAre("welcome", "ack"));
}

TEST_F(WebAdapterTest, DeliversAQuestionWithItsText) {
    start();
    enter().say({{"type", "explain"}, {"id", "m"}, {"text", "정말 좋아"}});
    poll();
    const auto questions = inbox.all<chat::ExplanationRequested>();
    ASSERT_THAT(questions, SizeIs(1));
    EXPECT_EQ(questions[0].ref.message, "m");
    EXPECT_EQ(questions[0].text, "정말 좋아");
}

TEST_F(WebAdapterTest, CompletesAReplyWhenThePageConfirmsIt) {
    start();
    const Page& page = enter();
    const auto sent = send(reply_to("m"));
    EXPECT_THAT(page.types(), ElementsAre("welcome", "answer"));
    EXPECT_FALSE(*sent);
    page.say({{"type", "received"}, {"id", "other"}});
    poll();
    EXPECT_FALSE(*sent);
    page.say({{"type", "received"}, {"id", "m"}});
    poll();
    ASSERT_TRUE(*sent);
    EXPECT_EQ((*sent)->value(), chat::Sent::delivered);
}

TEST_F(WebAdapterTest, KeepsAReplyWaitingWhenNobodyIsThere) {
    start();
    const auto sent = send(reply_to("m"));
    ASSERT_TRUE(*sent);
    EXPECT_EQ((*sent)->value(), chat::Sent::waiting);
}

TEST_F(WebAdapterTest, KeepsAReplyWaitingWhenThePageGoesOrIsTooSlowOrTheCallIsCancelled) {
    start();
    const auto gone = send(reply_to("m"));
    const Page& page = enter();
    const auto cut = send(reply_to("m"));
    page.wire->cut();
    poll();
    ASSERT_TRUE(*cut);
    EXPECT_EQ((*cut)->value(), chat::Sent::waiting);

    enter();
    const auto cancelled = send(reply_to("m"));
    EXPECT_FALSE(*cancelled);
    cancel_send.emit(asio::cancellation_type::terminal);
    poll();
    ASSERT_TRUE(*cancelled);
    EXPECT_EQ((*cancelled)->value(), chat::Sent::waiting);
}

TEST_F(WebAdapterTest, KeepsAReplyWaitingWhenItIsNotConfirmedInTime) {
    start({.confirm_within = 0s});
    enter();
    const auto sent = send(reply_to("m"));
    ASSERT_TRUE(*sent);
    EXPECT_EQ((*sent)->value(), chat::Sent::waiting);
}

TEST_F(WebAdapterTest, TellsOfTheReturnOnlyAfterWhatWaitedForTheFormerConnection) {
    start();
    enter();
    struct Order : chat::Inbox {
        void deliver(chat::Delivery) override { was_sent_first = sent && *sent; }
        std::shared_ptr<std::optional<boost::system::result<chat::Sent>>> sent;
        bool was_sent_first = false;
    } order;
    adapter->stop_intake();
    poll();
    adapter = nullptr;
    pages.clear();
    adapter = create_web_adapter(io.get_executor(), {});
    asio::co_spawn(io, adapter->run(order), asio::detached);
    poll();
    enter();
    order.sent = send(reply_to("m"));
    order.was_sent_first = false;
    enter();  // the first page never closed its connection
    EXPECT_TRUE(order.was_sent_first);
}

TEST_F(WebAdapterTest, SendsExplanationsAndNotices) {
    start();
    const Page& page = enter();
    const auto explained =
        send(chat::Explanation{.to = reply_to("m").to, .emotion_name = "행복", .words = {}, .text = "글"});
    const auto notified =
        send(chat::Notice{.to = reply_to("m").to, .kind = chat::Notice::Kind::overloaded, .text = "바빠요"});
    EXPECT_EQ((*explained)->value(), chat::Sent::delivered);
    EXPECT_EQ((*notified)->value(), chat::Sent::delivered);
    EXPECT_THAT(page.types(), ElementsAre("welcome", "explanation", "notice"));
    EXPECT_EQ(page.heard[2]["kind"], "overloaded");
}

TEST_F(WebAdapterTest, RefusesReactions) {
    start();
    enter();
    const auto sent = send(chat::Reaction{.to = reply_to("m").to, .emotion = "fear"});
    EXPECT_TRUE((*sent)->has_error());
}

TEST_F(WebAdapterTest, TakesNothingAfterStopIntakeButStillSends) {
    start();
    const Page& page = enter();
    adapter->stop_intake();
    poll();
    inbox.delivered.clear();
    page.say_message("m");
    poll();
    EXPECT_THAT(inbox.delivered, IsEmpty());
    EXPECT_EQ(adapter->status().health, chat::Health::stopped);
    const auto sent = send(reply_to("m"));
    page.say({{"type", "received"}, {"id", "m"}});
    poll();
    EXPECT_EQ((*sent)->value(), chat::Sent::delivered);
}

}  // namespace
}  // namespace nunchi::web
