// How often people, channels and communities are answered.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/chat/message.hpp"
#include "adapters/chat/recent_map.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/pipeline/pipeline.hpp"

namespace nunchi::pipeline {

/// The burst window of an author in a place, and the cooldowns. The first message is answered at once and
/// nothing ever waits. A window runs from the moment an answer was decided, is not prolonged by messages that
/// it holds back, and is taken back when the answer did not go out. Messages that address the bot are never
/// held back, but their answers open windows like all others.
///
/// Remembers a bounded number of windows; beyond it the longest untouched one is forgotten.
class AnswerLimiter {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// The right to one answer. Until commit() or its end it holds others back like an answer. Must not
    /// outlive the limiter.
    class Reservation {
    public:
        Reservation(Reservation&& other) noexcept
            : limiter_(std::exchange(other.limiter_, nullptr)),
              keys_(std::move(other.keys_)),
              at_(other.at_) {}
        Reservation& operator=(Reservation&&) = delete;
        Reservation(const Reservation&) = delete;
        Reservation& operator=(const Reservation&) = delete;
        ~Reservation() { end(false); }

        /// The answer went out, or surely will.
        void commit() { end(true); }

    private:
        friend class AnswerLimiter;
        Reservation(AnswerLimiter* limiter, std::vector<std::string> keys, TimePoint at)
            : limiter_(limiter), keys_(std::move(keys)), at_(at) {}

        void end(bool is_answered);

        AnswerLimiter* limiter_;
        std::vector<std::string> keys_;
        TimePoint at_;
    };

    using Verdict = std::variant<Reservation, PassedOver>;

    explicit AnswerLimiter(std::size_t max_windows = 65'536) : windows_(max_windows) {}

    /// Asked when an answer has been decided. PassedOver is burst or cooldown, and changes nothing.
    Verdict reserve(const chat::Message& message, const PlatformOptions& limits, TimePoint now);

    std::size_t size() const { return windows_.size(); }

private:
    struct Window {
        std::optional<TimePoint> answered;  // when the last answer that went out was decided
        TimePoint reserved_at{};            // the latest reservation, while there are any
        int reserved = 0;
    };

    bool holds(const std::string& key, std::chrono::milliseconds length, TimePoint now);

    chat::RecentMap<Window> windows_;
};

}  // namespace nunchi::pipeline
