// How often, and how long, the URL that came with a command or a button can be answered to (C3).
#pragma once

#include <chrono>
#include <string>
#include <utility>

namespace nunchi::slack::web_api {

/// Pure: the time is passed in. Slack takes five answers within thirty minutes; who has none left says it
/// with chat.postEphemeral or chat.update.
class ResponseUrl {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr int kUses = 5;
    static constexpr std::chrono::minutes kLife{30};
    /// Taken off the life, as an answer is some time on its way.
    static constexpr std::chrono::minutes kMargin{1};

    /// An empty URL is never usable.
    ResponseUrl(std::string url, TimePoint received) : url_(std::move(url)), received_(received) {}

    bool is_usable(TimePoint now) const {
        return !url_.empty() && uses_ < kUses && now < received_ + kLife - kMargin;
    }

    /// One use less. A use counts when it is tried: whether Slack took it is not always known.
    const std::string& use() {
        ++uses_;
        return url_;
    }

private:
    std::string url_;
    TimePoint received_;
    int uses_ = 0;
};

}  // namespace nunchi::slack::web_api
