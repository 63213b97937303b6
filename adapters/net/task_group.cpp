#include "adapters/net/task_group.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <iterator>
#include <list>
#include <utility>
#include <vector>

namespace nunchi::net {

namespace asio = boost::asio;

struct TaskGroup::TaskState {
    asio::cancellation_signal signal;
};

struct TaskGroup::State {
    asio::any_io_executor executor;
    std::function<void(std::exception_ptr)> on_failure;
    std::list<std::shared_ptr<TaskState>> tasks;
    std::list<asio::steady_timer*> joiners;  // each lives in the frame of its join()
    bool is_cancelled = false;
};

/// One task's place in the list, given up when its frame goes, also where that happens because the executor's
/// context goes: the signal of a frame that is no more must not be emitted.
class TaskGroup::Membership {
public:
    Membership(std::shared_ptr<State> state, std::list<std::shared_ptr<TaskState>>::iterator place)
        : state_(std::move(state)), place_(place) {}
    Membership(Membership&&) noexcept = default;
    Membership& operator=(Membership&&) = delete;
    Membership(const Membership&) = delete;
    Membership& operator=(const Membership&) = delete;
    ~Membership() {
        if (state_) state_->tasks.erase(place_);
    }

    /// The task has ended.
    void end(const std::exception_ptr& thrown);

private:
    std::shared_ptr<State> state_;  // null once it has ended or was moved from
    std::list<std::shared_ptr<TaskState>>::iterator place_;
};

namespace {

/// Whether this is how a cancelled coroutine ends.
bool is_cancellation(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

}  // namespace

void TaskGroup::Membership::end(const std::exception_ptr& thrown) {
    const std::shared_ptr<State> state = std::exchange(state_, nullptr);
    state->tasks.erase(place_);
    if (state->tasks.empty()) {
        for (asio::steady_timer* joiner : state->joiners) joiner->cancel();
    }
    if (!thrown || is_cancellation(thrown)) return;
    // A copy, as the owner may destroy the group in it.
    if (const auto on_failure = state->on_failure) on_failure(thrown);
}

void TaskGroup::Task::cancel() {
    // Held for the time of the call: the task may end in it.
    if (const auto state = state_.lock()) state->signal.emit(asio::cancellation_type::terminal);
}

TaskGroup::TaskGroup(asio::any_io_executor executor, std::function<void(std::exception_ptr)> on_failure)
    : state_(std::make_shared<State>()) {
    state_->executor = std::move(executor);
    state_->on_failure = std::move(on_failure);
}

TaskGroup::~TaskGroup() {
    cancel();
    // Its captures may belong to the owner, who is going.
    state_->on_failure = nullptr;
}

TaskGroup::Task TaskGroup::spawn(asio::awaitable<void> task) {
    if (state_->is_cancelled) return {};
    const auto place = state_->tasks.insert(state_->tasks.end(), std::make_shared<TaskState>());
    Task handle(*place);
    auto on_end = [membership = Membership(state_, place)](const std::exception_ptr& thrown) mutable {
        membership.end(thrown);
    };
    asio::co_spawn(state_->executor, std::move(task),
                   asio::bind_cancellation_slot((*place)->signal.slot(), std::move(on_end)));
    return handle;
}

void TaskGroup::cancel() {
    state_->is_cancelled = true;
    // A copy, as tasks may end while they are told to.
    const std::vector<std::shared_ptr<TaskState>> tasks(state_->tasks.begin(), state_->tasks.end());
    for (const auto& task : tasks) task->signal.emit(asio::cancellation_type::terminal);
}

asio::awaitable<bool> TaskGroup::join(std::chrono::steady_clock::duration at_most) {
    // Of its own: the group may be destroyed while this waits.
    const std::shared_ptr<State> state = state_;
    if (state->tasks.empty()) co_return true;
    asio::steady_timer timer(state->executor, at_most);
    const auto place = state->joiners.insert(state->joiners.end(), &timer);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    state->joiners.erase(place);
    co_return state->tasks.empty();
}

std::size_t TaskGroup::size() const {
    return state_->tasks.size();
}

}  // namespace nunchi::net
