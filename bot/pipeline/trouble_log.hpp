// Warnings that do not drown the log.
#pragma once

#include <spdlog/logger.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace nunchi::pipeline {

/// What goes wrong for many messages at once when it goes wrong.
enum class Trouble {
    classifier,  // a message could not be classified
    store,       // the database could not be read or written
    send,        // an adapter refused, or did not answer in time
    full,        // too much is in flight
    last = full,
};

/// One line per trouble and ten seconds; the next one says how many were left out. The lines name the
/// platform and the error, never a text, a person or a channel.
class TroubleLog {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit TroubleLog(std::shared_ptr<spdlog::logger> log) : log_(std::move(log)) {}

    /// `what` is one sentence without its full stop: "an answer could not be sent: timed out".
    void warn(Trouble trouble, std::string_view platform, std::string_view what, TimePoint now);

private:
    struct Last {
        std::optional<TimePoint> at;
        std::size_t left_out = 0;
    };

    std::shared_ptr<spdlog::logger> log_;
    std::array<Last, static_cast<std::size_t>(Trouble::last) + 1> last_{};
};

}  // namespace nunchi::pipeline
