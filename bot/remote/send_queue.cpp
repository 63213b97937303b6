#include "bot/remote/send_queue.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::remote {

bool SendQueue::admit(std::shared_ptr<PendingText> text) {
    if (waiting_.size() >= limits_.max_waiting) {
        // Those whom nobody waits for hold no place.
        std::erase_if(waiting_, [](const auto& other) { return other->is_withdrawn; });
        if (waiting_.size() >= limits_.max_waiting) return false;
    }
    waiting_.push_back(std::move(text));
    return true;
}

Batch SendQueue::take(std::chrono::steady_clock::time_point now) {
    Batch batch;
    if (in_flight_ >= (is_server_known_ ? limits_.max_in_flight : 1)) return batch;
    while (!waiting_.empty() && batch.size() < max_batch_) {
        auto text = std::move(waiting_.front());
        waiting_.pop_front();
        if (!text->is_withdrawn && now < text->deadline) batch.push_back(std::move(text));
    }
    if (!batch.empty()) ++in_flight_;
    return batch;
}

void SendQueue::limit_batch(std::size_t texts) {
    max_batch_ = std::clamp<std::size_t>(texts, 1, limits_.max_batch);
}

}  // namespace nunchi::remote
