// The bounded queue between the callers and the storage thread: the one place of this folder where threads
// meet. Private to this folder.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "bot/store/error.hpp"
#include "bot/store/job.hpp"

namespace nunchi::store {

/// Thread-safe.
class JobQueue {
public:
    explicit JobQueue(std::size_t max_waiting) : max_waiting_(max_waiting) {}

    /// Appends the job, or completes it at once with overloaded or closing.
    void submit(JobPtr job);

    /// Waits until there is something to do; then at most so many jobs, oldest first. Empty: closed.
    Batch take(std::size_t at_most);

    /// Ends the intake and completes everything that waits with closing.
    void close();

    std::size_t size() const;

private:
    /// Takes the job, or leaves it and says why.
    std::optional<errc> admit(JobPtr& job);

    const std::size_t max_waiting_;
    mutable std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::deque<JobPtr> waiting_;
    bool is_closed_ = false;
};

}  // namespace nunchi::store
