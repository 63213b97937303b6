// The interactions whose tokens are dead: a webhook is not used again after its 401 or 404 (R11).
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace nunchi::discord::rest {

/// Pure: the time is passed in. What it remembers, it forgets after the 15 minutes that a token can live
/// (I3).
class EndedWebhooks {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::minutes kLife{15};

    explicit EndedWebhooks(std::size_t capacity = 10'000);

    /// `major` is a route's: an id with its token. The callback and the webhook of an interaction share a
    /// token.
    void add(std::string_view major, TimePoint now);
    bool contains(std::string_view major, TimePoint now) const;

private:
    std::size_t capacity_;
    std::map<std::string, TimePoint, std::less<>> forgotten_at_;  // by token
};

}  // namespace nunchi::discord::rest
