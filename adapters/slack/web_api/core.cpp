#include "adapters/slack/web_api/core.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "adapters/slack/web_api/describe.hpp"
#include "adapters/slack/web_api/verdict.hpp"

namespace nunchi::slack::web_api {

namespace asio = boost::asio;

namespace {

RateLimiterOptions limits_of(const Options& options) {
    return {.max_in_flight = options.max_in_flight,
            .max_queued = options.max_queued,
            .max_queued_per_bucket = options.max_queued_per_bucket};
}

/// What a call ends with that is not made again.
errc errc_of(Outcome outcome, bool is_repeatable, Remedy remedy) {
    switch (outcome) {
        case Outcome::unknown: return is_repeatable ? errc::server_error : errc::outcome_unknown;
        case Outcome::not_done: return errc::server_error;
        case Outcome::redirected: return errc::redirected;
        default: break;
    }
    const bool is_silenced = remedy == Remedy::stop_token || remedy == Remedy::stop_team_a_while;
    if (is_silenced) return errc::silenced;
    return remedy == Remedy::stop_method_a_while ? errc::method_stopped : errc::refused;
}

}  // namespace

/// Counts a call as long as its frame lives, which may end by an exception: that is how a cancelled coroutine
/// ends that was about to wait.
class Core::Presence {
public:
    Presence(Core& core, Journey& journey) : core_(core), journey_(journey) {
        core_.journeys_.emplace(journey_.id, &journey_);
    }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;
    ~Presence() {
        core_.limiter_.withdraw(journey_.id);
        core_.journeys_.erase(journey_.id);
        // Not where the frame is destroyed with the executor's context: no timer may be set there.
        if (has_returned || std::uncaught_exceptions() > 0) core_.pump();
    }

    bool has_returned = false;

private:
    Core& core_;
    Journey& journey_;
};

Core::Core(asio::any_io_executor executor, Options options, net::HttpClient& http,
           std::shared_ptr<spdlog::logger> logger)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      origin_{.base_url = options_.base_url, .user_agent = options_.user_agent},
      http_(http),
      logger_(std::move(logger)),
      limiter_(limits_of(options_)),
      stops_(options_.stop_time) {}

Counters Core::counters() const {
    Counters counters = counters_;
    counters.waiting = limiter_.waiting();
    return counters;
}

asio::awaitable<outcome<Answer>> Core::send(std::shared_ptr<Core> core, Call call) {
    Journey journey(core->executor_, ++core->last_id_, std::move(call), Clock::now(), core->options_.retry);
    Presence presence(*core, journey);
    outcome<Answer> end = co_await core->travel(journey);
    presence.has_returned = true;
    co_return end;
}

asio::awaitable<outcome<Answer>> Core::travel(Journey& journey) {
    while (true) {
        std::optional<Failure> refusal = co_await take_turn(journey);
        if (refusal) co_return std::move(*refusal);
        Step step = co_await ask(journey);
        pump();
        if (step.end) co_return std::move(*step.end);
        if (step.wait <= Clock::duration::zero()) continue;
        const bool has_waited = co_await pause(step.wait);
        if (!has_waited) co_return failure_of(journey.call.method, asio::error::operation_aborted);
    }
}

asio::awaitable<std::optional<Failure>> Core::take_turn(Journey& journey) {
    std::optional<Failure> refusal = enqueue(journey);
    if (refusal) co_return refusal;
    pump();
    boost::system::error_code woken;
    if (!journey.turn.is_set()) {
        const auto [error] = co_await journey.turn.wait(journey.deadline);
        woken = error;
    }
    refusal = on_turn(journey, woken);
    co_return refusal;
}

std::optional<Failure> Core::enqueue(Journey& journey) {
    const Clock::time_point now = Clock::now();
    if (!is_well_formed(journey.call)) return give_up(journey, errc::bad_call);
    if (const auto objection = stops_.objection_to(journey.call, now)) return give_up(journey, *objection);
    if (now >= journey.deadline) return give_up(journey, errc::too_old);
    const auto admitted = limiter_.add(journey.id, journey.call, journey.deadline, now);
    if (admitted.pushed_out) refuse(*journeys_.at(*admitted.pushed_out), errc::pushed_out);
    switch (admitted.admission) {
        case RateLimiter::Admission::full: return give_up(journey, errc::queue_full);
        case RateLimiter::Admission::too_late: return give_up(journey, errc::rate_limited);
        case RateLimiter::Admission::queued: break;
    }
    return std::nullopt;
}

std::optional<Failure> Core::on_turn(Journey& journey, boost::system::error_code woken) {
    if (journey.refusal) return give_up(journey, *journey.refusal);
    if (!journey.turn.is_set() && woken == asio::error::operation_aborted) {
        return failure_of(journey.call.method, woken);
    }
    if (!journey.turn.is_set() || Clock::now() >= journey.deadline) return give_up(journey, errc::too_old);
    journey.turn.clear();
    return std::nullopt;
}

asio::awaitable<Core::Step> Core::ask(Journey& journey) {
    const Clock::duration left = journey.deadline - Clock::now();
    net::ClientRequest request = request_of(origin_, journey.call, std::min(options_.request_timeout, left));
    const auto response = co_await http_.send(std::move(request));
    if (!response) co_return on_silence(journey, response.error());
    Reading reading = read_response(journey.call.method, *response);
    co_return on_answer(journey, std::move(reading));
}

asio::awaitable<bool> Core::pause(Clock::duration wait) {
    asio::steady_timer timer(executor_, wait);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return !error;
}

Core::Step Core::on_answer(Journey& journey, Reading reading) {
    const Method method = journey.call.method;
    const Verdict verdict = judge(method, reading);
    tally(counters_, method, verdict, reading.error);
    const bool has_stopped = stops_.note(journey.call, verdict.remedy, Clock::now());
    warn(journey, reading, verdict, has_stopped);
    if (verdict.outcome == Outcome::rate_limited) return on_rate_limit(journey, reading);
    limiter_.finish(journey.id);
    if (has_stopped) recheck();
    if (verdict.outcome == Outcome::success) {
        stops_.note_success(journey.call);
        return {.end = Answer{.body = std::move(reading.body),
                              .warnings = std::move(reading.warnings),
                              .scopes = std::move(reading.scopes)}};
    }
    const errc code = errc_of(verdict.outcome, traits(method).is_repeatable, verdict.remedy);
    return retry_or(journey, verdict.outcome, failure_of(method, reading, code));
}

Core::Step Core::on_rate_limit(Journey& journey, const Reading& reading) {
    const Clock::time_point opens_at = Clock::now() + journey.retries.after_rate_limit(reading.retry_after);
    limiter_.finish_limited(journey.id, opens_at);
    if (opens_at < journey.deadline) return {};  // back to the queue, where it keeps its age
    tally(counters_, journey.call.method, errc::rate_limited);
    return {.end = failure_of(journey.call.method, reading, errc::rate_limited)};
}

Core::Step Core::on_silence(Journey& journey, boost::system::error_code error) {
    const Method method = journey.call.method;
    const Verdict verdict = judge(error);
    tally(counters_, method, verdict, SlackError::none);
    limiter_.finish(journey.id);
    const bool is_unknown = verdict.outcome == Outcome::unknown && !traits(method).is_repeatable;
    return retry_or(journey, verdict.outcome, failure_of(method, is_unknown ? errc::outcome_unknown : error));
}

Core::Step Core::retry_or(Journey& journey, Outcome outcome, Failure failure) {
    const auto wait = journey.retries.after(outcome, Clock::now());
    if (wait) {
        ++counters_.of(journey.call.method).retries;
        return {.wait = *wait};
    }
    if (failure.code == errc::outcome_unknown) tally(counters_, journey.call.method, errc::outcome_unknown);
    return {.end = std::move(failure)};
}

Failure Core::give_up(const Journey& journey, errc why) {
    tally(counters_, journey.call.method, why);
    return failure_of(journey.call.method, why);
}

void Core::warn(const Journey& journey, const Reading& reading, const Verdict& verdict, bool has_stopped) {
    const Method method = journey.call.method;
    if (verdict.remedy == Remedy::report_bug) {
        logger_->error("slack: {}: the request is wrong", describe(method, reading));
    }
    if (!has_stopped) return;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(options_.stop_time).count();
    switch (verdict.remedy) {
        case Remedy::stop_token:
            logger_->critical(
                "slack: {}: Slack refuses the token of workspace '{}'; nothing more is sent with it. Install the "
                "app anew, or check slack.bot_token and slack.app_token",
                describe(method, reading), journey.call.caller.team);
            return;
        case Remedy::stop_team_a_while:
            logger_->error("slack: {}: workspace '{}' is left alone for {} min", describe(method, reading),
                           journey.call.caller.team, minutes);
            return;
        default:
            logger_->error(
                "slack: {}: the method is left alone for {} min in workspace '{}'. Add the scope to the app and "
                "install it anew",
                describe(method, reading), minutes, journey.call.caller.team);
    }
}

void Core::recheck() {
    const Clock::time_point now = Clock::now();
    for (const auto& [id, journey] : journeys_) {
        if (!limiter_.is_waiting(id)) continue;
        if (const auto objection = stops_.objection_to(journey->call, now)) refuse(*journey, *objection);
    }
}

void Core::refuse(Journey& journey, errc why) {
    limiter_.withdraw(journey.id);
    journey.refusal = why;
    journey.turn.set();
}

void Core::pump() {
    const Clock::time_point now = Clock::now();
    for (const CallId id : limiter_.ready(now)) journeys_.at(id)->turn.set();
    const auto wake = limiter_.next_wake(now);
    if (wake == armed_for_) return;
    armed_for_ = wake;
    alarm_clock_.reset();
    if (!wake) return;
    alarm_clock_.emplace(executor_, *wake, [this] {
        armed_for_.reset();
        pump();
    });
}

}  // namespace nunchi::slack::web_api
