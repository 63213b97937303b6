// The bounded queue between the callers and the worker: the one place of this folder where threads meet.
// Private to this folder.
#pragma once

#include <boost/system/error_code.hpp>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

#include "classifier/batching/request.hpp"
#include "classifier/batching/scheduler.hpp"

namespace nunchi::batching {

/// Thread-safe. Never completes a request itself: what it gives out belongs to the receiver.
class RequestQueue {
public:
    explicit RequestQueue(const Options& options) : options_(options) {}

    /// Appends the request, or says why not: empty_input, shutting_down, overloaded.
    boost::system::error_code admit(const RequestPtr& request);

    /// Takes the request out when it still waits; otherwise it is somebody else's to complete.
    bool withdraw(const RequestPtr& request);

    /// Waits until there is something to run. Empty: closed, and nothing waits any more.
    Batch take_batch();

    /// Ends the intake; with drop, also gives out everything that waits.
    Batch close(Drain drain);

private:
    boost::system::error_code refusal(std::size_t tokens) const;
    std::vector<std::size_t> candidate_token_counts() const;

    const Options options_;
    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::deque<RequestPtr> waiting_;  // oldest first
    std::size_t waiting_tokens_ = 0;
    bool is_closed_ = false;
};

}  // namespace nunchi::batching
