#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/unit/classifier/batching/gated_scheduler.hpp"

namespace nunchi::batching {
namespace {

using api::errc;
using boost::asio::awaitable;
using boost::asio::cancellation_type;
using testing::ElementsAre;

TEST(SchedulerCancellation, DropsARequestThatWaitsBeforeItRuns) {
    GatedScheduler gated;
    gated.submit_and_start(message(1));
    Call& withdrawn = gated.submit(message(2));
    Call& stays = gated.submit(message(3));

    withdrawn.cancellation.emit(cancellation_type::terminal);
    gated.poll();

    EXPECT_EQ(withdrawn.completions, 1);
    EXPECT_EQ(withdrawn.answer.error(), errc::cancelled);
    gated.let_batches_end(2);
    gated.run();
    EXPECT_TRUE(stays.answer);
    EXPECT_EQ(withdrawn.completions, 1);
    EXPECT_THAT(gated.batches, ElementsAre(ElementsAre(1), ElementsAre(3)));
}

TEST(SchedulerCancellation, FreesThePlaceInTheQueue) {
    GatedScheduler gated({.max_queued_tokens = 10});
    gated.submit_and_start(message(1));
    Call& withdrawn = gated.submit(message(2, 10));
    withdrawn.cancellation.emit(cancellation_type::terminal);

    Call& next = gated.submit(message(3, 10));
    gated.let_batches_end(2);
    gated.run();

    EXPECT_TRUE(next.answer);
}

TEST(SchedulerCancellation, IsWithoutEffectOnARunningBatch) {
    GatedScheduler gated;
    Call& running = gated.submit_and_start(message(1));

    running.cancellation.emit(cancellation_type::terminal);
    gated.poll();

    EXPECT_EQ(running.completions, 0);
    gated.let_batches_end(1);
    gated.run();
    ASSERT_TRUE(running.answer);
    EXPECT_EQ(running.answer->model_id, "1");
    EXPECT_EQ(running.completions, 1);
}

TEST(SchedulerCancellation, IsWithoutEffectOnAnAnswerOnItsWay) {
    GatedScheduler gated;
    Call& answered = gated.submit_and_start(message(1));
    gated.let_batches_end(1);
    gated.scheduler.reset();  // joins the worker, so the answer is posted

    answered.cancellation.emit(cancellation_type::terminal);
    gated.run();

    EXPECT_TRUE(answered.answer);
    EXPECT_EQ(answered.completions, 1);
}

TEST(SchedulerCancellation, OfACompletedRequestIsHarmless) {
    GatedScheduler gated;
    Call& withdrawn = gated.submit_and_start(message(1));
    gated.let_batches_end(1);
    gated.run();

    withdrawn.cancellation.emit(cancellation_type::terminal);
    gated.poll();

    EXPECT_EQ(withdrawn.completions, 1);
}

awaitable<Answer> submit_twice(Scheduler& scheduler, Answer& first) {
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_total_cancellation());
    first = co_await scheduler.submit(message(2));
    co_return co_await scheduler.submit(message(3));
}

TEST(SchedulerCancellation, ReachesTheSecondRequestOfACoroutineAndTakesTheTotalType) {
    GatedScheduler gated;
    boost::asio::cancellation_signal cancellation;
    Answer first;
    Answer second;
    boost::asio::co_spawn(
        gated.context, submit_twice(*gated.scheduler, first),
        boost::asio::bind_cancellation_slot(
            cancellation.slot(), [&](std::exception_ptr, Answer last) { second = std::move(last); }));
    gated.poll();
    gated.wait_for_batch();
    gated.submit(message(1));
    gated.let_batches_end(1);
    gated.wait_for_batch();  // the batch of message 1: the coroutine's first answer is posted
    gated.poll();

    cancellation.emit(cancellation_type::total);
    gated.poll();

    EXPECT_EQ(first->model_id, "2");
    EXPECT_EQ(second.error(), errc::cancelled);
}

}  // namespace
}  // namespace nunchi::batching
