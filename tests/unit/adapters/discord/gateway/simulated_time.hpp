// A clock that tests turn: what is due happens in order, and no time passes meanwhile.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <utility>

namespace nunchi::discord::gateway {

class SimulatedTime {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    TimePoint now() const { return now_; }
    std::chrono::system_clock::time_point wall() const {
        return std::chrono::system_clock::time_point(std::chrono::hours(500'000)) + (now_ - TimePoint{});
    }

    void at(TimePoint time, std::function<void()> action) {
        actions_.emplace(std::max(time, now_), std::move(action));
    }
    void after(Duration wait, std::function<void()> action) { at(now_ + wait, std::move(action)); }

    void run_until(TimePoint end) {
        while (!actions_.empty() && actions_.begin()->first <= end) {
            auto next = actions_.extract(actions_.begin());
            now_ = next.key();
            next.mapped()();
        }
        now_ = end;
    }

private:
    TimePoint now_{std::chrono::hours(1)};
    std::multimap<TimePoint, std::function<void()>> actions_;
};

}  // namespace nunchi::discord::gateway
