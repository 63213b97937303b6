// The way of a message, failed at every step in turn: nothing is lost, nothing comes twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::function<ScriptedClassifier::Answer(const std::string&)> failing(api::errc code) {
    return [code](const std::string&) { return ScriptedClassifier::Answer(make_error_code(code)); };
}

TEST(MessageFault, UnreadableSettingsLeaveTheMessageToThePlatform) {
    for (const StoreCall call : {StoreCall::settings, StoreCall::opt_out}) {
        Workbench bench;
        bench.store.faults[call] = {StoreFault::before};

        const auto receipt = bench.deliver(message("1"));

        EXPECT_TRUE(receipt->is_dropped());
        EXPECT_THAT(bench.classifier->calls, IsEmpty());
        EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::failed, 1)));
        EXPECT_EQ(bench.deliver(message("1"))->fired, 1);
        EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    }
}

TEST(MessageFault, OverloadedClassifierLeavesTheMessageToThePlatform) {
    Workbench bench;
    const auto working = bench.classifier->script;
    bench.classifier->script = failing(api::errc::overloaded);
    EXPECT_TRUE(bench.deliver(message("1"))->is_dropped());
    EXPECT_THAT(bench.store.records, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::overloaded, 1)));

    bench.classifier->script = working;
    EXPECT_EQ(bench.deliver(message("1"))->fired, 1);
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
}

TEST(MessageFault, UnavailableClassifierLeavesTheMessageToThePlatform) {
    Workbench bench;
    bench.classifier->script = failing(api::errc::shutting_down);
    EXPECT_TRUE(bench.deliver(message("1"))->is_dropped());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::failed, 1)));
}

TEST(MessageFault, MessageThatTheModelCannotTakeDoesNotComeBackForEver) {
    Workbench bench;
    bench.classifier->script = failing(api::errc::inference_failed);

    const auto receipt = bench.deliver(message("1"));

    EXPECT_EQ(receipt->fired, 1);
    ASSERT_EQ(bench.store.records.size(), 1U);
    EXPECT_FALSE(bench.store.records[0].is_counted);
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::failed, 1)));
}

TEST(MessageFault, BrokenNumbersAreAFailureOfTheModel) {
    Workbench bench;
    bench.classifier->script = [](const std::string&) {
        return ScriptedClassifier::Answer(prediction(api::Emotion::fear, 7.0F));
    };
    EXPECT_EQ(bench.deliver(message("1"))->fired, 1);
    EXPECT_EQ(bench.observer.classified, 0);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::failed, 1)));
}

TEST(MessageFault, AdapterThatShowsNoticesIsToldAndTheMessageIsHandled) {
    const std::vector<std::pair<api::errc, chat::Notice::Kind>> rows{
        {api::errc::overloaded, chat::Notice::Kind::overloaded},
        {api::errc::shutting_down, chat::Notice::Kind::failed},
        {api::errc::inference_failed, chat::Notice::Kind::failed}};
    for (const auto& [code, kind] : rows) {
        Workbench bench;
        bench.adapter.can.shows_notices = true;
        bench.classifier->script = failing(code);

        const auto receipt = bench.deliver(message("1"));

        EXPECT_EQ(receipt->fired, 1);
        ASSERT_EQ(bench.adapter.sent_of<chat::Notice>().size(), 1U);
        EXPECT_EQ(bench.adapter.sent_of<chat::Notice>()[0].kind, kind);
        EXPECT_FALSE(bench.store.records.at(0).is_counted);
    }
}

TEST(MessageFault, FailedRecordLeavesTheMessageToThePlatformAndTakesNoAnswersPlace) {
    Workbench bench;
    bench.store.faults[StoreCall::record] = {StoreFault::before};

    EXPECT_TRUE(bench.deliver(message("1"))->is_dropped());
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::failed, 1)));

    EXPECT_EQ(bench.deliver(message("1"))->fired, 1);
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_EQ(bench.store.records.size(), 1U);
}

TEST(MessageFault, RecordWhoseCommitWasNotHeardOfIsAnsweredAtTheNextStart) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.store.faults[StoreCall::record] = {StoreFault::after};
    EXPECT_TRUE(bench.deliver(message("1"))->is_dropped());

    // The platform delivers again; the record says that somebody handled it.
    EXPECT_EQ(bench.deliver(message("1"))->fired, 1);
    EXPECT_THAT(bench.adapter.sent, IsEmpty());

    bench.restart();
    bench.resend_pending();
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(MessageFault, RefusedAnswerIsGivenUpWhereItMayNotBeRepeated) {
    Workbench bench;
    bench.adapter.fates = {Fate::refused};

    const auto receipt = bench.deliver(message("1"));

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_THAT(bench.store.effects, IsEmpty());
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_EQ(bench.observer.answered, 0);
    EXPECT_NE(bench.log.str().find("an answer could not be sent"), std::string::npos);
    // It took no answer's place.
    bench.deliver(message("2"));
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
}

TEST(MessageFault, RefusedAnswerIsKeptWhereItMayBeRepeated) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.adapter.fates = {Fate::refused};
    bench.deliver(message("1"));
    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_EQ(bench.observer.send_failed, 1);

    bench.restart();
    bench.resend_pending();

    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(MessageFault, SilentAdapterIsCutOffAtTheDeadline) {
    Workbench bench({.send_timeout = 0s});
    bench.adapter.fates = {Fate::hangs};

    bench.deliver(message("1"));
    bench.run();

    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_NE(bench.log.str().find("timed out"), std::string::npos) << bench.log.str();
}

TEST(MessageFault, ThrowingAdapterLosesOneAnswerAndNothingElse) {
    Workbench bench;
    bench.adapter.fates = {Fate::throws};
    const auto receipt = bench.deliver(message("1"));
    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
    EXPECT_NE(bench.log.str().find("the adapter is broken"), std::string::npos);

    bench.deliver(message("2"));
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
}

TEST(MessageFault, AwayReaderGetsTheAnswerWhenTheyReturn) {
    Workbench bench;
    bench.adapter.fates = {Fate::waiting};
    const auto receipt = bench.deliver(message("1"));
    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_EQ(bench.observer.answered, 1);

    bench.deliver(chat::ReaderReturned{message("1").ref.place});

    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
    EXPECT_EQ(bench.observer.answered, 1);
}

TEST(MessageFault, AnswerThatCannotBeForgottenIsNotSentAgainByThisProcess) {
    Workbench bench;
    bench.store.faults[StoreCall::finish] = {StoreFault::before};
    bench.deliver(message("1"));
    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_EQ(bench.observer.answered, 1);

    bench.deliver(chat::ReaderReturned{message("1").ref.place});

    EXPECT_EQ(bench.adapter.sent.size(), 1U);
}

TEST(MessageFault, FailedNoticeIsCountedAndTheMessageStaysHandled) {
    Workbench bench;
    bench.adapter.can.shows_notices = true;
    bench.adapter.fates = {Fate::refused};

    EXPECT_EQ(bench.deliver(message("1", "hello"))->fired, 1);

    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 1U);
}

}  // namespace
}  // namespace nunchi::pipeline
