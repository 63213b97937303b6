// A scheduler whose batches start and end when the test says so: no clock, no sleep.
#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "classifier/batching/scheduler.hpp"

namespace nunchi::batching {

using Answer = api::result<api::Prediction>;

/// A message of this many tokens. The first id names it in the batches and comes back as the answer's model
/// id.
inline api::Encoded message(std::int32_t name, std::size_t token_count = 3) {
    api::Encoded encoded;
    encoded.ids.assign(token_count, name);
    return encoded;
}

/// Answers each item with its name.
inline void answer_by_name(std::span<BatchItem* const> items) {
    for (BatchItem* item : items) {
        api::Prediction prediction;
        prediction.model_id = std::to_string(item->message.ids.front());
        item->answer = std::move(prediction);
    }
}

/// What became of one submit.
struct Call {
    int completions = 0;
    Answer answer;
    std::thread::id completed_on;
    boost::asio::cancellation_signal cancellation;
};

/// Everything but the batches runs on the test's thread, whenever the test runs the context.
class GatedScheduler {
public:
    explicit GatedScheduler(Options options = {}, BatchFunction run_batch = answer_by_name)
        : run_batch_(std::move(run_batch)) {
        scheduler.emplace(options, [this](std::span<BatchItem* const> items) { run_when_let(items); });
    }

    /// Lets every batch go, so that a failed test ends instead of waiting.
    ~GatedScheduler() {
        may_end_.release(1 << 16);
        scheduler.reset();
    }

    GatedScheduler(const GatedScheduler&) = delete;
    GatedScheduler& operator=(const GatedScheduler&) = delete;

    /// Submits and comes back when the request is admitted or refused.
    Call& submit(api::Encoded encoded) {
        Call& call = *calls_.emplace_back(std::make_unique<Call>());
        boost::asio::co_spawn(
            context, scheduler->submit(std::move(encoded)),
            boost::asio::bind_cancellation_slot(call.cancellation.slot(),
                                                [&call](std::exception_ptr thrown, Answer answer) {
                                                    if (thrown) std::rethrow_exception(thrown);
                                                    ++call.completions;
                                                    call.answer = std::move(answer);
                                                    call.completed_on = std::this_thread::get_id();
                                                }));
        poll();
        return call;
    }

    /// Submits a first request and comes back when the worker is busy with it, so that the next ones wait.
    Call& submit_and_start(api::Encoded encoded) {
        Call& call = submit(std::move(encoded));
        wait_for_batch();
        return call;
    }

    /// The deadline is for a broken scheduler only.
    void wait_for_batch() {
        if (!has_started_.try_acquire_for(std::chrono::seconds(20)))
            throw std::runtime_error("no batch has started");
    }

    void let_batches_end(std::ptrdiff_t count) { may_end_.release(count); }

    void poll() {
        context.restart();
        context.poll();
    }

    /// Until every submit has completed.
    void run() {
        context.restart();
        context.run();
    }

    /// The names of the messages of each batch so far. Only while no batch may start.
    std::vector<std::vector<std::int32_t>> batches;

private:
    std::vector<std::unique_ptr<Call>> calls_;  // First: the context may still hold their handlers.

public:
    boost::asio::io_context context{1};
    std::optional<Scheduler> scheduler;

private:
    void run_when_let(std::span<BatchItem* const> items) {
        batches.emplace_back();
        for (const BatchItem* item : items) batches.back().push_back(item->message.ids.front());
        has_started_.release();
        may_end_.acquire();
        run_batch_(items);
    }

    BatchFunction run_batch_;
    std::counting_semaphore<> has_started_{0};
    std::counting_semaphore<> may_end_{0};
};

}  // namespace nunchi::batching
