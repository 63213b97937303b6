#include "adapters/discord/gateway/identify_budget.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// More than a day's count of the largest bots; what is read beyond it is no count of ours.
constexpr std::size_t kMostKept = 5000;

}  // namespace

bool IdentifyBudget::load(std::string_view text, TimePoint now) {
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_array() || parsed.size() > kMostKept) return false;
    std::deque<TimePoint> spent;
    for (const json& second : parsed) {
        if (!second.is_number_unsigned() || second.get<std::uint64_t>() > 100'000'000'000) return false;
        spent.push_back(std::min(now, TimePoint(seconds(second.get<std::int64_t>()))));
    }
    std::sort(spent.begin(), spent.end());
    spent_ = std::move(spent);
    return true;
}

std::string IdentifyBudget::to_text() const {
    json text = json::array();
    for (const TimePoint at : spent_) {
        // Rounded up, so that nothing is forgotten early.
        text.push_back(std::chrono::ceil<seconds>(at.time_since_epoch()).count());
    }
    return text.dump();
}

void IdentifyBudget::set_start_limit(const StartLimit& limit, TimePoint now) {
    start_limit_ = limit;
    reset_at_ = now + std::clamp<milliseconds>(limit.reset_after, seconds(1), kDay);
}

milliseconds IdentifyBudget::wait(TimePoint now) {
    forget_old(now);
    const TimePoint due = std::max(due_by_pace(), due_by_discord());
    return due <= now ? milliseconds::zero() : std::chrono::ceil<milliseconds>(due - now);
}

void IdentifyBudget::spend(TimePoint now) {
    forget_old(now);
    spent_.push_back(spent_.empty() ? now : std::max(now, spent_.back()));
    while (spent_.size() > kMostKept) spent_.pop_front();
    if (start_limit_ && start_limit_->remaining > 0) --start_limit_->remaining;
}

std::size_t IdentifyBudget::spent(TimePoint now) {
    forget_old(now);
    return spent_.size();
}

void IdentifyBudget::forget_old(TimePoint now) {
    while (!spent_.empty() && now - spent_.front() >= kDay) spent_.pop_front();
    // The clock was put back: what seems to lie ahead has happened.
    for (TimePoint& at : spent_) at = std::min(at, now);
    if (start_limit_ && start_limit_->remaining == 0 && now >= reset_at_) start_limit_.reset();
}

std::size_t IdentifyBudget::most_per_day() const {
    const std::size_t announced =
        start_limit_ ? start_limit_->total - start_limit_->total / 10 : limits_.per_day;
    return std::clamp<std::size_t>(std::min(announced, limits_.per_day), 1, kMostKept);
}

/// The day's count must not be reached, and what exceeds the burst is spread over the day.
IdentifyBudget::TimePoint IdentifyBudget::due_by_pace() const {
    const std::size_t most = most_per_day();
    const auto pace = std::chrono::duration_cast<Clock::duration>(kDay) / static_cast<std::int64_t>(most);
    TimePoint due{};
    if (spent_.size() >= most) due = spent_[spent_.size() - most] + kDay;
    // The burst refills by one for each step of the pace: of the last `burst` + k, the oldest lies k + 1
    // steps back at least.
    const std::size_t burst = std::max<std::size_t>(limits_.burst, 1);
    for (std::size_t count = burst; count <= spent_.size(); ++count) {
        const auto steps = static_cast<std::int64_t>(count - burst + 1);
        due = std::max(due, spent_[spent_.size() - count] + pace * steps);
    }
    return due;
}

IdentifyBudget::TimePoint IdentifyBudget::due_by_discord() const {
    return start_limit_ && start_limit_->remaining == 0 ? reset_at_ : TimePoint{};
}

}  // namespace nunchi::discord::gateway
