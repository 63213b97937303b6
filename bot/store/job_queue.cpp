#include "bot/store/job_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace nunchi::store {
namespace {

void refuse(Job& job, errc reason) {
    job.fail(make_error_code(reason));
    job.complete();
}

}  // namespace

void JobQueue::submit(JobPtr job) {
    if (const auto reason = admit(job)) {
        refuse(*job, *reason);
    } else {
        changed_.notify_one();
    }
}

std::optional<errc> JobQueue::admit(JobPtr& job) {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return errc::closing;
    if (waiting_.size() >= max_waiting_) return errc::overloaded;
    waiting_.push_back(std::move(job));
    return {};
}

Batch JobQueue::take(std::size_t at_most) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_closed_ || !waiting_.empty(); });
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(at_most, waiting_.size()));
    Batch batch(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

void JobQueue::close() {
    std::deque<JobPtr> dropped;
    {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        dropped.swap(waiting_);
    }
    changed_.notify_all();
    for (const JobPtr& job : dropped) refuse(*job, errc::closing);
}

std::size_t JobQueue::size() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

}  // namespace nunchi::store
