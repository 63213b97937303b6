// Coroutines that belong to somebody.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

namespace nunchi::net {

/// Nothing is detached: whatever is spawned runs on the group's executor and ends before join() completes.
/// Make it the last member of its owner. Not thread-safe: used on its executor's thread only.
class TaskGroup {
public:
    struct TaskState;

    /// One spawned task. Holds nothing alive; may be dropped at once.
    class Task {
    public:
        Task() = default;
        explicit Task(std::weak_ptr<TaskState> state) : state_(std::move(state)) {}

        /// Asks this task alone to end (terminal cancellation). Does nothing when it has ended.
        void cancel();

    private:
        std::weak_ptr<TaskState> state_;
    };

    /// on_failure gets what escaped a task; the others go on. A task that ends because it was cancelled
    /// (operation_aborted) has not failed. on_failure must not throw.
    explicit TaskGroup(boost::asio::any_io_executor executor,
                       std::function<void(std::exception_ptr)> on_failure = {});

    /// Cancels what still runs. The tasks' frames end later, on the executor: join() first wherever a task
    /// refers to something that dies with the owner.
    ~TaskGroup();

    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Starts the task, perhaps before spawn returns; after cancel() it is dropped unstarted.
    Task spawn(boost::asio::awaitable<void> task);

    /// Asks every task to end (terminal cancellation) and starts no more.
    void cancel();

    /// Completes when no task is left, or with false when the time is over or the call itself is cancelled.
    /// May be called several times, also at once; must not be called by a task of the group. The group may be
    /// destroyed meanwhile.
    boost::asio::awaitable<bool> join(std::chrono::steady_clock::duration at_most);

    /// How many tasks have not ended.
    std::size_t size() const;

private:
    struct State;
    class Membership;
    std::shared_ptr<State> state_;
};

}  // namespace nunchi::net
