// The heartbeat of one connection: when to send one, and when the peer is dead.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace nunchi::discord::gateway {

/// Lives as long as its connection (G15). Pure: the time is passed in.
class Heart {
public:
    using Clock = std::chrono::steady_clock;
    using TimePoint = Clock::time_point;
    using Duration = Clock::duration;

    /// How many latencies the average is of.
    static constexpr std::size_t kLatencies = 5;

    /// At Hello. The first beat comes after interval * jitter, jitter from [0, 1) (G13).
    Heart(Duration interval, double jitter, TimePoint now);

    enum class Verdict {
        not_yet,  // nothing is due
        beat,     // send a heartbeat now
        dead,     // nothing at all came between two of our beats: a zombie (G18)
    };

    /// To be called at next(); harmless at any other time.
    Verdict on_time(TimePoint now);
    TimePoint next() const { return next_; }
    Duration interval() const { return interval_; }

    /// Anything came in.
    void on_inbound() { has_heard_ = true; }
    /// An acknowledgement; one that nobody waits for is passed over (G17).
    void on_acknowledged(TimePoint now);
    /// The peer asked for a heartbeat and gets it: it is neither one of ours on the timer, nor a missed
    /// acknowledgement (G16).
    void on_requested(TimePoint now);

    /// Of the last beats; nothing before the first acknowledgement.
    std::optional<Duration> latency() const;

private:
    Duration interval_;
    TimePoint next_;
    bool has_beaten_ = false;
    bool has_heard_ = true;             // since our last beat
    std::optional<TimePoint> waiting_;  // since when an acknowledgement is
    std::deque<Duration> latencies_;
};

}  // namespace nunchi::discord::gateway
