// Brings requests from the callers' executors to the one thread that owns the device, and answers back.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <thread>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/api/prediction.hpp"
#include "classifier/batching/batch_item.hpp"
#include "classifier/batching/planner.hpp"

namespace nunchi::batching {

class RequestQueue;

/// What happens to the requests that wait when the scheduler stops.
enum class Drain {
    finish,  // They still run; the worker ends after the last of them.
    drop,    // They complete with shutting_down at once; only a batch that runs already is finished.
};

struct Options {
    BatchLimits batch{};
    /// A request that would bring the waiting tokens above this is refused. At least the longest input.
    std::size_t max_queued_tokens = 16384;
};

/// One worker thread, no timer: when the worker is idle it takes what waits, up to the limits of a batch.
/// Thread-safe. The execution contexts that submit must outlive the scheduler: answers are posted to them.
class Scheduler {
public:
    /// run_batch is called on the worker thread only, so never concurrently.
    Scheduler(Options options, BatchFunction run_batch);

    /// As stop(Drain::drop), then waits for the batch that runs.
    ~Scheduler();

    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Completes exactly once, on the caller's executor and never before submit has returned to it: with the
    /// answer of the batch function, at once with empty_input, overloaded or shutting_down, or with cancelled
    /// or inference_failed. Cancellation of any type removes a request that still waits, at once, and
    /// completes it with cancelled; it does nothing to one whose batch runs. The awaitable may be awaited
    /// when the scheduler is gone already: shutting_down.
    boost::asio::awaitable<api::result<api::Prediction>> submit(api::Encoded message);

    /// Takes no more requests. Returns at once; calling it again with drop drops what still waits.
    void stop(Drain drain);

private:
    void work();

    std::shared_ptr<RequestQueue> queue_;
    BatchFunction run_batch_;
    std::thread worker_;  // Last: it uses what stands above.
};

}  // namespace nunchi::batching
