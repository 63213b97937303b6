// A message that was answered and then edited.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/pipeline/reply_text.hpp"
#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

class EditFlow : public ::testing::Test {
protected:
    void edit(chat::Message edited) {
        bench.pipeline->deliver({chat::MessageEdited{std::move(edited)}, receipt_of(fate)});
        bench.run();
    }

    Workbench bench;
    ReceiptFatePtr fate = std::make_shared<ReceiptFate>();
};

TEST_F(EditFlow, AnswersAgainInThePlaceOfTheAnswerAndCountsNothing) {
    bench.classifier->script = [](const std::string&) { return prediction(api::Emotion::anger); };
    edit(message("1", "이제 너무 화가 나"));

    const auto replies = bench.adapter.sent_of<chat::Reply>();
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_TRUE(replies[0].is_edit);
    EXPECT_EQ(replies[0].text, answer_text(api::Emotion::anger, chat::Locale::korean));
    EXPECT_TRUE(bench.store.records.empty());
    EXPECT_EQ(fate->fired, 1);
}

TEST_F(EditFlow, ReactsWhereTheModeIsReaction) {
    bench.adapter.can.can_react = true;
    bench.store.channels[{"test", "guild", "general"}].mode = "reaction";
    edit(message("1"));

    const auto reactions = bench.adapter.sent_of<chat::Reaction>();
    ASSERT_EQ(reactions.size(), 1U);
    EXPECT_TRUE(reactions[0].is_edit);
    EXPECT_EQ(reactions[0].emotion, "happiness");
}

TEST_F(EditFlow, TakesTheAnswerBackWhenNothingCanBeRead) {
    edit(message("1", "ok"));
    EXPECT_EQ(bench.adapter.sent_of<chat::Retraction>().size(), 1U);
    EXPECT_TRUE(bench.classifier->calls.empty());
}

TEST_F(EditFlow, TakesTheAnswerBackWhenTheModelAbstains) {
    bench.classifier->script = [](const std::string&) { return abstention(); };
    edit(message("1"));
    EXPECT_EQ(bench.adapter.sent_of<chat::Retraction>().size(), 1U);
}

TEST_F(EditFlow, NeverReadsWhoOptedOut) {
    bench.store.opted_out.insert({"test", "minji"});
    edit(message("1"));
    EXPECT_TRUE(bench.classifier->calls.empty());
    EXPECT_EQ(bench.adapter.sent_of<chat::Retraction>().size(), 1U);
}

TEST_F(EditFlow, LeavesTheAnswerWhenTheStoreOrTheClassifierFails) {
    bench.store.faults[StoreCall::settings] = {StoreFault::before};
    edit(message("1"));
    bench.classifier->script = [](const std::string&) { return make_error_code(api::errc::overloaded); };
    edit(message("2"));
    EXPECT_TRUE(bench.adapter.sent.empty());
}

TEST_F(EditFlow, KeepsTheTone) {
    bench.store.channels[{"test", "guild", "general"}].tone = "short";
    edit(message("1"));
    EXPECT_EQ(bench.adapter.sent_of<chat::Reply>().at(0).text, "행복");
}

}  // namespace
}  // namespace nunchi::pipeline
