#include "adapters/discord/rest/core.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace nunchi::discord::rest {

namespace asio = boost::asio;

namespace {

/// What a 429 blocks that no wait was told for, when the call itself does not wait.
constexpr std::chrono::seconds kUntoldBlock{1};

RateLimiterOptions limits_of(const Options& options) {
    return {.global_per_second = options.global_per_second,
            .max_in_flight = options.max_in_flight,
            .max_queued_per_bucket = options.max_queued_per_bucket};
}

errc errc_of(Outcome outcome, bool is_token_refused) {
    switch (outcome) {
        case Outcome::rate_limited: return errc::rate_limited;
        case Outcome::failed:
        case Outcome::unknown: return errc::server_error;
        case Outcome::redirected: return errc::redirected;
        default: return is_token_refused ? errc::unauthorized : errc::refused;
    }
}

Failure failure_of(const Call& call, const Reading& reading, errc code) {
    return {.code = code,
            .status = reading.status,
            .discord_code = reading.error.code,
            .message = describe(call, reading)};
}

}  // namespace

/// Counts a call as long as its frame lives, which may end by an exception: that is how a cancelled coroutine
/// ends that was about to wait.
class Core::Presence {
public:
    Presence(Core& core, Journey& journey) : core_(core), journey_(journey) {
        core_.journeys_.emplace(journey_.id, &journey_);
        ++core_.in_lane_[lane()];
    }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;
    ~Presence() {
        core_.limiter_.withdraw(journey_.id);
        if (journey_.pass == PermissionCache::Pass::probe) core_.safeguards_.give_back(journey_.call);
        core_.journeys_.erase(journey_.id);
        --core_.in_lane_[lane()];
        // Not where the frame is destroyed with the executor's context: no timer may be set there.
        if (has_returned || std::uncaught_exceptions() > 0) core_.pump();
    }

    bool has_returned = false;

private:
    std::size_t lane() const { return journey_.call.lane == Lane::ordinary ? 0 : 1; }

    Core& core_;
    Journey& journey_;
};

Core::Core(asio::any_io_executor executor, Options options, net::HttpClient& http,
           std::shared_ptr<spdlog::logger> logger)
    : executor_(std::move(executor)),
      options_(std::move(options)),
      origin_{.base_url = options_.base_url, .token = options_.token, .user_agent = options_.user_agent},
      http_(http),
      logger_(std::move(logger)),
      limiter_(limits_of(options_)),
      safeguards_(options_.mute_time, options_.max_invalid_requests),
      latch_(executor_) {}

Counters Core::counters() const {
    Counters counters = counters_;
    counters.waiting = limiter_.waiting();
    return counters;
}

void Core::refuse_token() {
    safeguards_.refuse_token();
    latch_.fall();
    recheck();
}

asio::awaitable<void> Core::wait_until_unauthorized(std::shared_ptr<Core> core) {
    co_await core->latch_.wait();
}

asio::awaitable<outcome<Answer>> Core::send(std::shared_ptr<Core> core, Call call) {
    const RetryOptions retries{.max_retries = core->options_.max_retries};
    Journey journey(core->executor_, ++core->last_id_, std::move(call), Clock::now(), retries);
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
        if (!has_waited) co_return Failure{.code = asio::error::operation_aborted, .message = "cancelled"};
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
    if (journey.is_queued || journey.turn.is_set()) return std::nullopt;  // after a 429: it kept its place
    const Clock::time_point now = Clock::now();
    if (const auto objection = safeguards_.objection_to(journey.call, journey.pass, now)) {
        return give_up(journey, *objection);
    }
    if (now >= journey.deadline) return give_up(journey, errc::too_old);
    if (in_lane_[journey.call.lane == Lane::ordinary ? 0 : 1] > options_.max_queued) {
        return give_up(journey, errc::queue_full);
    }
    switch (limiter_.add(journey.id, journey.call.route, journey.call.lane, journey.deadline, now)) {
        case RateLimiter::Admission::full: return give_up(journey, errc::queue_full);
        case RateLimiter::Admission::too_late: return give_up(journey, errc::rate_limited);
        case RateLimiter::Admission::queued: break;
    }
    journey.is_queued = true;
    return std::nullopt;
}

std::optional<Failure> Core::on_turn(Journey& journey, boost::system::error_code woken) {
    if (journey.refusal) return give_up(journey, *journey.refusal);
    if (!journey.turn.is_set() && woken == asio::error::operation_aborted) {
        return Failure{.code = woken, .message = "cancelled"};
    }
    const Clock::time_point now = Clock::now();
    if (!journey.turn.is_set() || now >= journey.deadline) return give_up(journey, errc::too_old);
    journey.turn.clear();
    if (journey.pass == PermissionCache::Pass::probe) return std::nullopt;
    journey.pass = safeguards_.admit(journey.call, now);
    // Another call finds out already.
    if (journey.pass == PermissionCache::Pass::muted) return give_up(journey, errc::muted);
    return std::nullopt;
}

asio::awaitable<Core::Step> Core::ask(Journey& journey) {
    const Clock::duration left = journey.deadline - Clock::now();
    net::ClientRequest request = request_of(origin_, journey.call, std::min(options_.request_timeout, left));
    const auto response = co_await http_.send(std::move(request));
    if (!response) co_return on_silence(journey, response.error());
    Reading reading = read_response(*response);
    co_return on_answer(journey, std::move(reading));
}

asio::awaitable<bool> Core::pause(Clock::duration wait) {
    asio::steady_timer timer(executor_, wait);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return !error;
}

Core::Step Core::on_answer(Journey& journey, Reading reading) {
    const Clock::time_point now = Clock::now();
    const Verdict verdict = judge(reading, journey.call.lane);
    tally(counters_, verdict, reading.limits);
    const Alarm alarm = safeguards_.note(journey.call, journey.pass, verdict, now);
    warn(journey, reading, verdict, alarm);
    if (alarm.token_refused) latch_.fall();
    if (verdict.outcome == Outcome::rate_limited) {
        Step step = on_rate_limit(journey, reading);
        recheck();
        return step;
    }
    limiter_.finish(journey.id, reading.limits, {}, now);
    if (alarm.any()) recheck();
    if (verdict.outcome == Outcome::success || verdict.outcome == Outcome::refused) {
        journey.pass = PermissionCache::Pass::open;  // the probe is settled
    }
    if (verdict.outcome == Outcome::success) {
        return {.end = Answer{.status = reading.status, .body = std::move(reading.body)}};
    }
    const auto wait = journey.retries.after(verdict.outcome, now);
    if (!wait)
        return {.end = failure_of(journey.call, reading, errc_of(verdict.outcome, verdict.is_token_refused))};
    ++counters_.retries;
    return {.end = std::nullopt, .wait = *wait};
}

Core::Step Core::on_rate_limit(Journey& journey, const Reading& reading) {
    const Clock::time_point now = Clock::now();
    const auto told = reading.limits.block->retry_after;
    const auto wait = journey.retries.after_rate_limit(told, now);
    if (!wait) {
        limiter_.finish(journey.id, reading.limits, told.value_or(kUntoldBlock), now);
        tally(counters_, errc::rate_limited);
        return {.end = failure_of(journey.call, reading, errc::rate_limited)};
    }
    limiter_.repeat(journey.id, reading.limits, *wait, now);
    journey.is_queued = true;
    return {};
}

Core::Step Core::on_silence(Journey& journey, boost::system::error_code error) {
    const Clock::time_point now = Clock::now();
    const Verdict verdict = judge(error);
    tally(counters_, verdict, {});
    limiter_.withdraw(journey.id);
    const auto wait = journey.retries.after(verdict.outcome, now);
    if (!wait) return {.end = Failure{.code = error, .message = describe(journey.call, error)}};
    ++counters_.retries;
    return {.end = std::nullopt, .wait = *wait};
}

Failure Core::give_up(const Journey& journey, errc why) {
    tally(counters_, why);
    return {.code = why, .message = describe(journey.call, make_error_code(why))};
}

void Core::warn(const Journey& journey, const Reading& reading, const Verdict& verdict, const Alarm& alarm) {
    const std::string what = describe(journey.call, reading);
    if (alarm.token_refused) {
        logger_->critical(
            "discord: {}: the bot's token was refused; nothing more is sent with it. Check discord.token",
            what);
    }
    if (alarm.breaker_opened) {
        logger_->error(
            "discord: {}: the limit of {} invalid requests in ten minutes is reached; sending stops until "
            "they are fewer, lest Discord bans this address",
            what, options_.max_invalid_requests);
    }
    if (alarm.muted) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(options_.mute_time).count();
        logger_->warn("discord: {}: {} is left alone for {} min", what, journey.call.permission, minutes);
    }
    if (verdict.is_our_bug) logger_->error("discord: {}: the request is wrong", what);
}

void Core::recheck() {
    const Clock::time_point now = Clock::now();
    for (const auto& [id, journey] : journeys_) {
        if (!journey->is_queued) continue;
        const auto objection = safeguards_.objection_to(journey->call, journey->pass, now);
        if (!objection) continue;
        limiter_.withdraw(id);
        journey->is_queued = false;
        journey->refusal = objection;
        journey->turn.set();
    }
}

void Core::pump() {
    const Clock::time_point now = Clock::now();
    for (const CallId id : limiter_.ready(now)) {
        Journey& journey = *journeys_.at(id);
        journey.is_queued = false;
        journey.turn.set();
    }
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

}  // namespace nunchi::discord::rest
