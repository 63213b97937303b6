#include "classifier/batching/scheduler.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>
#include <vector>

#include "classifier/batching/request.hpp"
#include "classifier/batching/request_queue.hpp"

namespace nunchi::batching {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;

/// Weak, as the slot may outlive the request, the batch and the scheduler.
void withdraw_when_cancelled(const std::shared_ptr<RequestQueue>& queue, const RequestPtr& request) {
    auto slot = asio::get_associated_cancellation_slot(request->handler);
    if (!slot.is_connected()) return;
    slot.assign(
        [weak_queue = std::weak_ptr(queue), weak_request = std::weak_ptr(request)](asio::cancellation_type) {
            const auto waiting_in = weak_queue.lock();
            const auto cancelled = weak_request.lock();
            if (!waiting_in || !cancelled) return;
            if (!waiting_in->withdraw(cancelled)) return;
            complete(*cancelled, api::make_error_code(api::errc::cancelled));
        });
}

/// The border to the engine, and so one of the few catches: a throw must end neither worker nor program.
void run_guarded(const BatchFunction& run_batch, const Batch& batch) {
    std::vector<BatchItem*> items;
    for (const RequestPtr& request : batch) items.push_back(&request->item);
    try {
        run_batch(items);
    } catch (...) {
        for (BatchItem* item : items) item->answer = api::make_error_code(api::errc::inference_failed);
    }
}

void record_timings(Request& request, Clock::time_point started, Clock::time_point finished) {
    if (!request.item.answer) return;
    request.item.answer->timings = {.tokenization = request.item.message.tokenization,
                                    .queue = started - request.admitted,
                                    .inference = finished - started};
}

}  // namespace

Scheduler::Scheduler(Options options, BatchFunction run_batch)
    : queue_(std::make_shared<RequestQueue>(options)),
      run_batch_(std::move(run_batch)),
      worker_([this] { work(); }) {}

Scheduler::~Scheduler() {
    stop(Drain::drop);
    worker_.join();
}

asio::awaitable<api::result<api::Prediction>> Scheduler::submit(api::Encoded message) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
        [queue = queue_](Handler handler, api::Encoded encoded) {
            const auto request = std::make_shared<Request>(std::move(handler), std::move(encoded));
            // Before the request is admitted: from then on the answer may come at any time, on another
            // thread.
            withdraw_when_cancelled(queue, request);
            if (const auto error = queue->admit(request)) complete(*request, error);
        },
        asio::use_awaitable, std::move(message));
}

void Scheduler::stop(Drain drain) {
    for (const RequestPtr& request : queue_->close(drain)) {
        complete(*request, api::make_error_code(api::errc::shutting_down));
    }
}

/// One batch after the other; the place for preparing the next one while the device computes.
void Scheduler::work() {
    while (true) {
        const Batch batch = queue_->take_batch();
        if (batch.empty()) return;
        const auto started = Clock::now();
        run_guarded(run_batch_, batch);
        const auto finished = Clock::now();
        for (const RequestPtr& request : batch) {
            record_timings(*request, started, finished);
            complete(*request, std::move(request->item.answer));
        }
    }
}

}  // namespace nunchi::batching
