// How much may be sent on one connection: 120 payloads in any 60 seconds (G40).
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace nunchi::discord::gateway {

/// Pure: the time is passed in. Lives as long as its connection.
class SendLimiter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    static constexpr std::size_t kMost = 120;
    static constexpr std::chrono::seconds kWindow{60};

    /// Keeps back what the heartbeats of one window need.
    explicit SendLimiter(Duration heartbeat_interval);

    /// For everything that need not leave at all; false when only the heartbeats' share is left.
    bool try_send(TimePoint now);

    /// For our own heartbeats, Identify and Resume, which nothing holds back (G41).
    void send(TimePoint now);

private:
    void forget_old(TimePoint now);

    std::size_t reserve_;
    std::deque<TimePoint> sent_;
};

}  // namespace nunchi::discord::gateway
