// Which of the waiting texts go out next. No timer: while requests are under way texts gather, and the next
// request takes them together.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "classifier/api/classifier.hpp"

namespace nunchi::remote {

/// One text that waits for its prediction.
struct PendingText {
    std::string text;
    std::chrono::steady_clock::time_point admitted;
    std::chrono::steady_clock::time_point deadline;
    bool is_withdrawn = false;  // nobody waits any more
    std::function<void(api::result<api::Prediction>)> complete;
};

using Batch = std::vector<std::shared_ptr<PendingText>>;

/// Pure: told of events and the time, it says what to send. Not thread-safe.
class SendQueue {
public:
    struct Limits {
        std::size_t max_batch = 32;      // texts of one request
        std::size_t max_in_flight = 4;   // requests at once
        std::size_t max_waiting = 4096;  // texts
    };

    explicit SendQueue(Limits limits) : limits_(limits), max_batch_(limits.max_batch) {}

    /// False when the queue is full.
    bool admit(std::shared_ptr<PendingText> text);

    /// The texts of the next request, in the order of their coming; empty when none waits or no further
    /// request may begin. Texts that are withdrawn or past their deadline are left out. Each batch that is
    /// not empty needs one request_ended().
    Batch take(std::chrono::steady_clock::time_point now);
    void request_ended() { --in_flight_; }

    /// While the server is not known, one request at a time goes out: the first asks who it is.
    void set_server_known(bool is_known) { is_server_known_ = is_known; }

    /// What the server takes at most; never more than the limit that was set at the beginning.
    void limit_batch(std::size_t texts);

    std::size_t waiting() const { return waiting_.size(); }
    std::size_t max_batch() const { return max_batch_; }

private:
    Limits limits_;
    std::size_t max_batch_;
    std::deque<std::shared_ptr<PendingText>> waiting_;
    std::size_t in_flight_ = 0;
    bool is_server_known_ = false;
};

}  // namespace nunchi::remote
