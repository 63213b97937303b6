#include "adapters/discord/interactions/lateness.hpp"

#include <algorithm>

namespace nunchi::discord::interactions {

std::chrono::system_clock::duration Lateness::age_of(TimePoint created, TimePoint received) {
    const auto lag = received - created;
    auto quickest = lag;
    for (std::size_t i = 0; i < std::min(count_, kRemembered); ++i) {
        const bool is_recent = std::chrono::abs(received - arrivals_[i].received) < kMemory;
        if (is_recent) quickest = std::min(quickest, arrivals_[i].lag);
    }
    arrivals_[count_ % kRemembered] = {received, lag};
    ++count_;
    return lag - quickest;
}

}  // namespace nunchi::discord::interactions
