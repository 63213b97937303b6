// What the receiver counts, for the metrics.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "adapters/slack/events/delivery.hpp"
#include "adapters/slack/events/examine.hpp"

namespace nunchi::slack::events {

struct Counters {
    // Deliveries that were handed on.
    std::uint64_t events = 0;
    std::uint64_t commands = 0;
    std::uint64_t interactions = 0;
    std::array<std::uint64_t, kRetryReasonCount> by_retry_reason{};  // none: first deliveries
    // How those ended.
    std::uint64_t handled = 0;       // acknowledged when handled
    std::uint64_t acked_early = 0;   // acknowledged before: a crash loses them (H8)
    std::uint64_t not_handled = 0;   // 503: they come again
    std::uint64_t unknown_team = 0;  // 401 (O6)
    // Requests that were not handed on.
    std::uint64_t overloaded = 0;  // 503: they come again
    std::array<std::uint64_t, kReasonCount> by_reason{};

    std::uint64_t of(Reason reason) const { return by_reason[static_cast<std::size_t>(reason)]; }
    std::uint64_t of(RetryReason reason) const { return by_retry_reason[static_cast<std::size_t>(reason)]; }
};

void tally(Counters& counters, Reason reason);
void tally(Counters& counters, const Delivery& delivery);

}  // namespace nunchi::slack::events
