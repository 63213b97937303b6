#include "classifier/batching/request_queue.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "classifier/batching/planner.hpp"

namespace nunchi::batching {

/// Admission: the place for a bound on the predicted wait instead of on the tokens that wait.
boost::system::error_code RequestQueue::refusal(std::size_t tokens) const {
    if (tokens == 0) return api::errc::empty_input;
    if (is_closed_) return api::errc::shutting_down;
    // The waiting tokens never exceed the bound, so the difference cannot wrap around.
    if (tokens > options_.max_queued_tokens - waiting_tokens_) return api::errc::overloaded;
    return {};
}

/// Who may be in the next batch, in order of precedence: the place for turns between conversations.
std::vector<std::size_t> RequestQueue::candidate_token_counts() const {
    std::vector<std::size_t> token_counts(
        std::min(waiting_.size(), std::max<std::size_t>(options_.batch.max_requests, 1)));
    std::transform(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(token_counts.size()),
                   token_counts.begin(), [](const RequestPtr& request) { return request->token_count(); });
    return token_counts;
}

boost::system::error_code RequestQueue::admit(const RequestPtr& request) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto error = refusal(request->token_count())) return error;
        request->admitted = std::chrono::steady_clock::now();
        waiting_.push_back(request);
        waiting_tokens_ += request->token_count();
    }
    changed_.notify_one();
    return {};
}

bool RequestQueue::withdraw(const RequestPtr& request) {
    const std::lock_guard lock(mutex_);
    const auto place = std::find(waiting_.begin(), waiting_.end(), request);
    if (place == waiting_.end()) return false;
    waiting_.erase(place);
    waiting_tokens_ -= request->token_count();
    return true;
}

Batch RequestQueue::take_batch() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_closed_ || !waiting_.empty(); });
    Batch batch;
    for (const std::size_t position : plan_batch(candidate_token_counts(), options_.batch)) {
        waiting_tokens_ -= waiting_[position]->token_count();
        batch.push_back(std::move(waiting_[position]));
    }
    std::erase(waiting_, nullptr);
    return batch;
}

Batch RequestQueue::close(Drain drain) {
    Batch dropped;
    {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        if (drain == Drain::drop) {
            dropped.assign(std::make_move_iterator(waiting_.begin()),
                           std::make_move_iterator(waiting_.end()));
            waiting_.clear();
            waiting_tokens_ = 0;
        }
    }
    changed_.notify_one();
    return dropped;
}

}  // namespace nunchi::batching
