#include "classifier/batching/scheduler.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

#include "tests/unit/classifier/batching/gated_scheduler.hpp"

namespace nunchi::batching {
namespace {

using api::errc;
using testing::ElementsAre;
using Clock = std::chrono::steady_clock;

TEST(Scheduler, AnswersOnTheCallersExecutor) {
    GatedScheduler gated;
    Call& call = gated.submit_and_start(message(7));

    gated.let_batches_end(1);
    gated.run();

    ASSERT_TRUE(call.answer);
    EXPECT_EQ(call.answer->model_id, "7");
    EXPECT_EQ(call.completions, 1);
    EXPECT_EQ(call.completed_on, std::this_thread::get_id());
}

TEST(Scheduler, RunsTogetherWhatCameWhileItWasBusyOrderedByLength) {
    GatedScheduler gated;
    Call& first = gated.submit_and_start(message(1));
    gated.submit(message(2, 9));
    gated.submit(message(3, 4));
    Call& last = gated.submit(message(4, 9));

    gated.let_batches_end(2);
    gated.run();

    EXPECT_THAT(gated.batches, ElementsAre(ElementsAre(1), ElementsAre(3, 2, 4)));
    EXPECT_EQ(first.answer->model_id, "1");
    EXPECT_EQ(last.answer->model_id, "4");
}

TEST(Scheduler, KeepsTheLimitsOfABatch) {
    GatedScheduler gated({.batch = {.max_tokens = 10, .max_requests = 2}});
    gated.submit_and_start(message(1));
    gated.submit(message(2, 3));
    gated.submit(message(3, 3));
    gated.submit(message(4, 3));
    gated.submit(message(5, 8));

    gated.let_batches_end(4);
    gated.run();

    EXPECT_THAT(gated.batches,
                ElementsAre(ElementsAre(1), ElementsAre(2, 3), ElementsAre(4), ElementsAre(5)));
}

TEST(Scheduler, RefusesARequestWithoutTokens) {
    GatedScheduler gated;

    Call& call = gated.submit(message(1, 0));

    EXPECT_EQ(call.answer.error(), errc::empty_input);
    EXPECT_EQ(call.completions, 1);
}

TEST(Scheduler, RefusesAtOnceWhatWouldPassTheBoundOfTheQueue) {
    GatedScheduler gated({.max_queued_tokens = 10});
    gated.submit_and_start(message(1, 10));
    Call& fits = gated.submit(message(2, 7));
    Call& passes = gated.submit(message(3, 4));
    Call& fills = gated.submit(message(4, 3));

    EXPECT_EQ(passes.answer.error(), errc::overloaded);
    EXPECT_EQ(passes.completions, 1);
    gated.let_batches_end(2);
    gated.run();
    EXPECT_TRUE(fits.answer);
    EXPECT_TRUE(fills.answer);
}

TEST(Scheduler, TakesRequestsAgainWhenTheQueueHasEmptied) {
    GatedScheduler gated({.max_queued_tokens = 10});
    gated.submit_and_start(message(1, 10));
    gated.submit(message(2, 10));
    gated.let_batches_end(1);
    gated.wait_for_batch();

    Call& later = gated.submit(message(3, 10));
    gated.let_batches_end(2);
    gated.run();

    EXPECT_TRUE(later.answer);
}

TEST(Scheduler, PassesOnTheErrorOfTheBatchFunction) {
    GatedScheduler gated({}, [](std::span<BatchItem* const> items) {
        items[0]->answer = api::make_error_code(errc::bad_token_id);
    });
    Call& call = gated.submit_and_start(message(1));

    gated.let_batches_end(1);
    gated.run();

    EXPECT_EQ(call.answer.error(), errc::bad_token_id);
}

TEST(Scheduler, ReportsAnItemLeftWithoutAnswerAsFailed) {
    GatedScheduler gated({}, [](std::span<BatchItem* const>) {});
    Call& call = gated.submit_and_start(message(1));

    gated.let_batches_end(1);
    gated.run();

    EXPECT_EQ(call.answer.error(), errc::inference_failed);
}

TEST(Scheduler, FailsTheWholeBatchThatThrowsAndLivesOn) {
    GatedScheduler gated({}, [](std::span<BatchItem* const> items) {
        answer_by_name(items);
        if (items.size() == 2) throw std::runtime_error("out of memory");
    });
    Call& before = gated.submit_and_start(message(1));
    Call& in_batch = gated.submit(message(2));
    Call& beside_it = gated.submit(message(3));
    gated.let_batches_end(1);
    gated.wait_for_batch();
    Call& after = gated.submit(message(4));

    gated.let_batches_end(2);
    gated.run();

    EXPECT_TRUE(before.answer);
    EXPECT_EQ(in_batch.answer.error(), errc::inference_failed);
    EXPECT_EQ(beside_it.answer.error(), errc::inference_failed);
    EXPECT_TRUE(after.answer);
}

TEST(Scheduler, TellsHowLongEachStepTook) {
    Clock::duration longer_than{};  // the time between the two readings around the admission
    Clock::time_point batch_started;
    Clock::time_point batch_ended;
    GatedScheduler gated({}, [&](std::span<BatchItem* const> items) {
        batch_started = Clock::now();
        answer_by_name(items);
        do {
            batch_ended = Clock::now();
        } while (batch_ended - batch_started <= longer_than);
    });
    gated.submit_and_start(message(1));
    api::Encoded waits = message(2);
    waits.tokenization = std::chrono::microseconds(123);
    const auto before_admission = Clock::now();
    Call& call = gated.submit(std::move(waits));
    const auto after_admission = Clock::now();
    longer_than = after_admission - before_admission;
    const auto before_batch = Clock::now();
    gated.let_batches_end(2);
    gated.run();
    const auto after_batch = Clock::now();

    const api::Timings& timings = call.answer->timings;
    EXPECT_EQ(timings.tokenization, std::chrono::microseconds(123));
    EXPECT_GE(timings.queue, before_batch - after_admission);
    EXPECT_LE(timings.queue, batch_started - before_admission);
    EXPECT_GE(timings.inference, batch_ended - batch_started);
    EXPECT_LE(timings.queue + timings.inference, after_batch - before_admission);
}

}  // namespace
}  // namespace nunchi::batching
