// What Slack has sent, once it is known to be Slack's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace nunchi::slack::events {

enum class RetryReason : std::uint8_t {
    none,  // it is the first delivery, or says nothing
    http_timeout,
    too_many_redirects,
    connection_failed,
    ssl_error,
    http_error,
    unknown_error,
    other,  // a word that is not known
};

inline constexpr std::size_t kRetryReasonCount = static_cast<std::size_t>(RetryReason::other) + 1;

struct Retry {
    int number = 0;  // 0: the first delivery
    RetryReason reason = RetryReason::none;
};

enum class Kind : std::uint8_t {
    event,        // an event_callback: the envelope as it came
    command,      // a slash command: its fields, all of them text (C1)
    interaction,  // a button, shortcut or view: the payload (C6)
};

struct Delivery {
    Kind kind = Kind::event;
    nlohmann::json payload;  // an object; at most 64 levels deep
    /// Never a reason to drop it: the first delivery may not have been handled (H12).
    Retry retry{};
};

}  // namespace nunchi::slack::events
