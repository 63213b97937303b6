#include "bot/pipeline/answer_limiter.hpp"

#include <algorithm>
#include <utility>

namespace nunchi::pipeline {
namespace {

struct Limit {
    std::string key;
    std::chrono::milliseconds length;
    PassedOver reason;
};

/// Those that are switched on.
std::vector<Limit> limits_of(const chat::Message& message, const PlatformOptions& options) {
    const chat::Place& place = message.ref.place;
    const std::string& author = message.author.id;
    std::vector<Limit> limits;
    limits.reserve(4);
    const auto add = [&limits](std::chrono::milliseconds length, PassedOver reason,
                               std::initializer_list<std::string_view> ids) {
        if (length.count() > 0) limits.push_back({chat::key_of(ids), length, reason});
    };
    add(options.burst_window, PassedOver::burst,
        {"burst", place.platform, place.community, place.channel, place.thread, author});
    add(options.user_cooldown, PassedOver::cooldown, {"user", place.platform, author});
    add(options.channel_cooldown, PassedOver::cooldown,
        {"channel", place.platform, place.community, place.channel});
    // Direct messages and the web chat belong to no community.
    if (!place.community.empty()) {
        add(options.community_cooldown, PassedOver::cooldown, {"community", place.platform, place.community});
    }
    return limits;
}

}  // namespace

AnswerLimiter::Verdict AnswerLimiter::reserve(const chat::Message& message, const PlatformOptions& limits,
                                              TimePoint now) {
    std::vector<std::string> keys;
    keys.reserve(4);
    for (Limit& limit : limits_of(message, limits)) {
        if (!message.is_addressed && holds(limit.key, limit.length, now)) return limit.reason;
        keys.push_back(std::move(limit.key));
    }
    for (const std::string& key : keys) {
        Window& window = windows_.get(key);
        window.reserved_at = now;
        ++window.reserved;
    }
    return Reservation(this, std::move(keys), now);
}

bool AnswerLimiter::holds(const std::string& key, std::chrono::milliseconds length, TimePoint now) {
    const Window* window = windows_.find(key);
    if (window == nullptr) return false;
    const bool is_answered = window->answered && now - *window->answered < length;
    return is_answered || (window->reserved > 0 && now - window->reserved_at < length);
}

void AnswerLimiter::Reservation::end(bool is_answered) {
    AnswerLimiter* const limiter = std::exchange(limiter_, nullptr);
    if (limiter == nullptr) return;
    for (const std::string& key : keys_) {
        // Gone when more windows than are remembered came in between.
        Window* window = limiter->windows_.find(key);
        if (window == nullptr) continue;
        window->reserved = std::max(window->reserved - 1, 0);
        if (is_answered) window->answered = window->answered ? std::max(*window->answered, at_) : at_;
    }
}

}  // namespace nunchi::pipeline
