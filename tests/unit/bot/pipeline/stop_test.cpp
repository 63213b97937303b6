#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

using testing::IsEmpty;

TEST(Stop, TakesNothingMoreAndFinishesWhatIsUnderWay) {
    Workbench bench;
    bench.classifier->script = nullptr;
    const auto receipt = bench.deliver(message("1"));

    const auto stopped = bench.stop(10s);
    EXPECT_FALSE(stopped->has_value());
    EXPECT_TRUE(bench.deliver(message("2"))->is_dropped());
    bench.classifier->calls[0]->complete(prediction(api::Emotion::happiness));
    bench.run();

    EXPECT_EQ(*stopped, true);
    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_EQ(bench.observer.received, 1);
}

TEST(Stop, IsImmediateWhenNothingIsUnderWay) {
    Workbench bench;
    EXPECT_EQ(*bench.stop(10s), true);
}

TEST(Stop, CutsOffTheClassifierAndLeavesTheMessageToThePlatform) {
    Workbench bench;
    bench.classifier->script = nullptr;
    const auto receipt = bench.deliver(message("1"));
    const auto duplicate = bench.deliver(message("1"));

    EXPECT_FALSE(bench.cut_off());

    EXPECT_TRUE(receipt->is_dropped());
    EXPECT_TRUE(duplicate->is_dropped());
    EXPECT_THAT(bench.store.records, IsEmpty());
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
}

TEST(Stop, RecordCommittedMeanwhileIsHandledAndItsAnswerGoesOutAtTheNextStart) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.store.held = {StoreCall::record};
    const auto receipt = bench.deliver(message("1"));
    const auto stopped = bench.stop(0ms);
    bench.run();
    EXPECT_FALSE(stopped->has_value());

    bench.store.let_go();
    bench.run();

    EXPECT_EQ(*stopped, false);
    EXPECT_EQ(receipt->fired, 1);
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    bench.store.held.clear();
    bench.restart();
    bench.resend_pending();
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
}

TEST(Stop, CutsOffTheAdapterAndKeepsTheAnswerForTheNextStart) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.adapter.fates = {Fate::hangs};
    const auto receipt = bench.deliver(message("1"));

    EXPECT_FALSE(bench.cut_off());

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(bench.store.effects.size(), 1U);
    bench.restart();
    bench.resend_pending();
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Stop, AnswerOfUnknownOutcomeIsSentAtMostOnceWhereItMayNotBeRepeated) {
    Workbench bench;
    bench.adapter.fates = {Fate::hangs};
    bench.deliver(message("1"));
    bench.cut_off();

    bench.restart();
    bench.resend_pending();

    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Stop, CutsOffTheReadingOfSettings) {
    Workbench bench;
    bench.store.held = {StoreCall::settings, StoreCall::opt_out};
    const auto receipt = bench.deliver(message("1"));
    const auto stopped = bench.stop(0ms);
    bench.run();
    bench.store.let_go();
    bench.run();

    EXPECT_EQ(*stopped, false);
    EXPECT_TRUE(receipt->is_dropped());
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
}

TEST(Stop, MayBeAskedForTwice) {
    Workbench bench;
    EXPECT_EQ(*bench.stop(10s), true);
    EXPECT_EQ(*bench.stop(10s), true);
}

TEST(Stop, PipelineMayGoBeforeItsFramesDo) {
    // As when something throws during the start: the context's end destroys what still waits.
    auto bench = std::make_unique<Workbench>();
    bench->classifier->script = nullptr;
    const auto receipt = bench->deliver(message("1"));
    bench->pipeline.reset();
    bench->classifier->calls.clear();
    EXPECT_EQ(receipt->fired, 0);
}

}  // namespace
}  // namespace nunchi::pipeline
