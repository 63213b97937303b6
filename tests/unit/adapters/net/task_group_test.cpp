#include "adapters/net/task_group.hpp"

#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <stdexcept>

#include "tests/unit/adapters/net/coroutine_runner.hpp"

namespace nunchi::net {
namespace {

namespace asio = boost::asio;

constexpr auto kLong = std::chrono::hours(1);
constexpr auto kAtOnce = std::chrono::milliseconds(1);

asio::awaitable<void> count(int* counter) {
    ++*counter;
    co_return;
}

asio::awaitable<void> wait_for(asio::steady_timer* timer, int* ended) {
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    ++*ended;
}

/// A task that takes its time to end although it is asked to.
asio::awaitable<void> end_slowly(asio::steady_timer* timer, int* ended) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await never.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    ++*ended;
}

asio::awaitable<void> throw_at_once() {
    throw std::runtime_error("a task failed");
    co_return;
}

class TaskGroupTest : public testing::Test {
protected:
    asio::io_context context_{1};
    asio::steady_timer never_{context_, asio::steady_timer::time_point::max()};
    int ended_ = 0;
};

TEST_F(TaskGroupTest, JoinCompletesWhenTheLastTaskHasEnded) {
    TaskGroup group(context_.get_executor());
    group.spawn(wait_for(&never_, &ended_));
    group.spawn(wait_for(&never_, &ended_));
    asio::post(context_, [&] { never_.cancel(); });

    EXPECT_TRUE(run(context_, group.join(kLong)));

    EXPECT_EQ(ended_, 2);
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, JoinOfAnEmptyGroupCompletesAtOnce) {
    TaskGroup group(context_.get_executor());

    EXPECT_TRUE(run(context_, group.join(kLong)));
}

TEST_F(TaskGroupTest, JoinGivesUpWhenTheTimeIsOver) {
    TaskGroup group(context_.get_executor());
    group.spawn(wait_for(&never_, &ended_));

    EXPECT_FALSE(run(context_, group.join(kAtOnce)));

    EXPECT_EQ(group.size(), 1U);
    never_.cancel();
    EXPECT_TRUE(run(context_, group.join(kLong)));
}

TEST_F(TaskGroupTest, CancelEndsEveryTask) {
    TaskGroup group(context_.get_executor());
    group.spawn(wait_for(&never_, &ended_));
    group.spawn(wait_for(&never_, &ended_));
    context_.poll();

    group.cancel();

    EXPECT_TRUE(run(context_, group.join(kLong)));
    EXPECT_EQ(ended_, 2);
}

TEST_F(TaskGroupTest, DropsWhatIsSpawnedAfterCancel) {
    TaskGroup group(context_.get_executor());
    group.cancel();

    group.spawn(count(&ended_));
    context_.poll();

    EXPECT_EQ(ended_, 0);
    EXPECT_EQ(group.size(), 0U);
}

TEST_F(TaskGroupTest, CancelsOneTaskAlone) {
    TaskGroup group(context_.get_executor());
    group.spawn(wait_for(&never_, &ended_));
    TaskGroup::Task second = group.spawn(wait_for(&never_, &ended_));
    context_.poll();

    second.cancel();
    context_.poll();

    EXPECT_EQ(ended_, 1);
    EXPECT_EQ(group.size(), 1U);
    second.cancel();  // has ended: nothing happens
    never_.cancel();
    EXPECT_TRUE(run(context_, group.join(kLong)));
}

TEST_F(TaskGroupTest, TellsWhatEscapedATaskAndRunsTheOthersOn) {
    std::string told;
    TaskGroup group(context_.get_executor(), [&](std::exception_ptr thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::runtime_error& error) {
            told += error.what();
        }
    });
    group.spawn(throw_at_once());
    group.spawn(count(&ended_));

    EXPECT_TRUE(run(context_, group.join(kLong)));

    EXPECT_EQ(told, "a task failed");
    EXPECT_EQ(ended_, 1);
}

asio::awaitable<void> wait_and_throw_when_cancelled(asio::steady_timer* timer) {
    co_await timer->async_wait(asio::use_awaitable);
}

TEST_F(TaskGroupTest, DoesNotCallACancelledTaskAFailure) {
    int failures = 0;
    TaskGroup group(context_.get_executor(), [&](const std::exception_ptr&) { ++failures; });
    group.spawn(wait_and_throw_when_cancelled(&never_));
    context_.poll();

    group.cancel();

    EXPECT_TRUE(run(context_, group.join(kLong)));
    EXPECT_EQ(failures, 0);
}

TEST_F(TaskGroupTest, DestructionCancelsRunningTasksWhichEndOnTheExecutor) {
    int failures = 0;
    {
        TaskGroup group(context_.get_executor(), [&](const std::exception_ptr&) { ++failures; });
        group.spawn(wait_for(&never_, &ended_));
        context_.poll();
    }
    EXPECT_EQ(ended_, 0);

    context_.restart();
    context_.run();

    EXPECT_EQ(ended_, 1);
}

TEST_F(TaskGroupTest, MayBeDestroyedWhileSomebodyJoins) {
    std::optional<TaskGroup> group(std::in_place, context_.get_executor());
    asio::steady_timer soon(context_, kAtOnce);
    group->spawn(end_slowly(&soon, &ended_));
    asio::post(context_, [&] { group.reset(); });

    EXPECT_TRUE(run(context_, group->join(kLong)));

    EXPECT_EQ(ended_, 1);
}

asio::awaitable<void> wait_for_ever() {
    asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await never.async_wait(asio::use_awaitable);
}

TEST_F(TaskGroupTest, TouchesNoTaskWhoseContextHasGone) {
    std::optional<asio::io_context> context(std::in_place, 1);
    TaskGroup group(context->get_executor());
    group.spawn(wait_for_ever());
    context->poll();

    context.reset();

    EXPECT_EQ(group.size(), 0U);
}

}  // namespace
}  // namespace nunchi::net
