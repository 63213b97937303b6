// The Web API client's inside: performs what the pure parts decide.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/net/watchdog.hpp"
#include "adapters/slack/web_api/journey.hpp"
#include "adapters/slack/web_api/rate_limiter.hpp"
#include "adapters/slack/web_api/request.hpp"
#include "adapters/slack/web_api/stops.hpp"
#include "adapters/slack/web_api/web_client.hpp"

namespace nunchi::slack::web_api {

/// Shared by the client and its calls, so that either may go first.
class Core {
public:
    using Clock = std::chrono::steady_clock;

    Core(boost::asio::any_io_executor executor, Options options, net::HttpClient& http,
         std::shared_ptr<spdlog::logger> logger);

    static boost::asio::awaitable<outcome<Answer>> send(std::shared_ptr<Core> core, Call call);

    bool is_silenced(std::string_view team) const { return stops_.is_silenced(team, Clock::now()); }
    Counters counters() const;

private:
    class Presence;

    /// What follows on an answer: the end, or another turn after a wait.
    struct Step {
        std::optional<outcome<Answer>> end{};
        Clock::duration wait{0};
    };

    boost::asio::awaitable<outcome<Answer>> travel(Journey& journey);
    /// Nothing when it may leave now.
    boost::asio::awaitable<std::optional<Failure>> take_turn(Journey& journey);
    boost::asio::awaitable<Step> ask(Journey& journey);
    /// False when the call was cancelled.
    boost::asio::awaitable<bool> pause(Clock::duration wait);

    std::optional<Failure> enqueue(Journey& journey);
    std::optional<Failure> on_turn(Journey& journey, boost::system::error_code woken);
    Step on_answer(Journey& journey, Reading reading);
    Step on_rate_limit(Journey& journey, const Reading& reading);
    Step on_silence(Journey& journey, boost::system::error_code error);
    /// After an outcome that is no success: another turn, or this failure.
    Step retry_or(Journey& journey, Outcome outcome, Failure failure);

    Failure give_up(const Journey& journey, errc why);
    void warn(const Journey& journey, const Reading& reading, const Verdict& verdict, bool has_stopped);
    /// Ends the calls that wait for what will not happen any more.
    void recheck();
    void refuse(Journey& journey, errc why);
    /// Wakes the calls whose turn has come, and sets the alarm clock for the next.
    void pump();

    boost::asio::any_io_executor executor_;
    Options options_;
    Origin origin_;
    net::HttpClient& http_;
    std::shared_ptr<spdlog::logger> logger_;
    RateLimiter limiter_;
    Stops stops_;
    Counters counters_;
    CallId last_id_ = 0;
    std::map<CallId, Journey*> journeys_;  // each lives in the frame of its send()
    std::optional<Clock::time_point> armed_for_;
    std::optional<net::Watchdog> alarm_clock_;
};

}  // namespace nunchi::slack::web_api
