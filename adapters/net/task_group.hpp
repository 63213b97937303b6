// Coroutines that belong to somebody.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>

namespace nunchi::net {

/// Nothing is detached: whatever is spawned runs on the group's executor and ends before join() completes.
/// Make it the last member of its owner. Not thread-safe: used on its executor's thread only.
class TaskGroup {
public:
    /// on_failure gets what escaped a task; the others go on.
    explicit TaskGroup(boost::asio::any_io_executor executor,
                       std::function<void(std::exception_ptr)> on_failure = {});

    /// Cancels what still runs. The tasks' frames end later, on the executor: join() first wherever a task
    /// refers to something that dies with the owner.
    ~TaskGroup();

    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Starts the task; after cancel() it is dropped unstarted.
    void spawn(boost::asio::awaitable<void> task);

    /// Asks every task to end (terminal cancellation) and starts no more.
    void cancel();

    /// Completes when no task is left, or with false when the time is over. May be called several times.
    boost::asio::awaitable<bool> join(std::chrono::steady_clock::duration at_most);

    std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace nunchi::net
