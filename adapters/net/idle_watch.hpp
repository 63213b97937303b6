// When a silent peer is asked for a sign of life, and when it is given up.
#pragma once

#include <chrono>

namespace nunchi::net {

/// Pure: the time is passed in. One ping goes out after half of the limit, and the limit ends it.
class IdleWatch {
public:
    using Clock = std::chrono::steady_clock;

    enum class Action {
        wait,     // nothing to do before next()
        ping,     // ask the peer; returned once for each silence
        give_up,  // the limit has passed
    };

    /// A limit of 0 watches nothing.
    explicit IdleWatch(Clock::duration limit) : limit_(limit) {}

    bool is_on() const { return limit_ > Clock::duration::zero(); }

    /// Something came from the peer, or nothing could have come until now.
    void heard(Clock::time_point now) {
        last_heard_ = now;
        has_pinged_ = false;
    }

    Action due(Clock::time_point now) {
        if (now - last_heard_ >= limit_) return Action::give_up;
        if (has_pinged_ || now - last_heard_ < limit_ / 2) return Action::wait;
        has_pinged_ = true;
        return Action::ping;
    }

    /// When due() has to be asked again, if nothing is heard before.
    Clock::time_point next() const { return last_heard_ + (has_pinged_ ? limit_ : limit_ / 2); }

private:
    Clock::duration limit_;
    Clock::time_point last_heard_{};
    bool has_pinged_ = false;
};

}  // namespace nunchi::net
