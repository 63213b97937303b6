#include "adapters/discord/rest/invalid_requests.hpp"

namespace nunchi::discord::rest {
namespace {

std::int64_t step_at(InvalidRequests::TimePoint now) {
    return now.time_since_epoch() / InvalidRequests::kStep;
}

}  // namespace

void InvalidRequests::add(TimePoint now) {
    const std::int64_t number = step_at(now);
    Step& step = steps_[static_cast<std::size_t>(number) % kSteps];
    if (step.number != number) step = {.number = number, .count = 0};
    ++step.count;
}

std::size_t InvalidRequests::count(TimePoint now) const {
    const std::int64_t newest = step_at(now);
    std::size_t count = 0;
    for (const Step& step : steps_) {
        const bool is_recent = step.number >= 0 && newest - step.number < static_cast<std::int64_t>(kSteps);
        if (is_recent) count += step.count;
    }
    return count;
}

}  // namespace nunchi::discord::rest
