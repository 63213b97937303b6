#include "adapters/slack/web_api/window.hpp"

#include <algorithm>
#include <cstdint>

namespace nunchi::slack::web_api {

std::optional<Window::TimePoint> Window::opens_at(TimePoint now) const {
    TimePoint open = blocked_until_;
    if (is_limited() && sent_.size() == limit_.calls) open = std::max(open, sent_.front() + span());
    return open > now ? std::optional(open) : std::nullopt;
}

void Window::sent(TimePoint now) {
    if (!is_limited()) return;
    if (sent_.size() == limit_.calls) sent_.pop_front();
    sent_.push_back(now);
}

void Window::block(TimePoint until) {
    if (until <= blocked_until_) return;
    blocked_until_ = until;
    if (!is_limited()) return;
    // As if the last calls had left evenly, the first of them a whole span before the wait is over.
    const auto step = span() / static_cast<std::int64_t>(limit_.calls);
    sent_.clear();
    for (TimePoint at = until - span(); sent_.size() < limit_.calls; at += step) sent_.push_back(at);
}

bool Window::is_at_rest(TimePoint now) const {
    return now >= blocked_until_ && (sent_.empty() || now >= sent_.back() + span());
}

}  // namespace nunchi::slack::web_api
