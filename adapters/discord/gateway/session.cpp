#include "adapters/discord/gateway/session.hpp"

#include <algorithm>
#include <utility>

#include "adapters/discord/gateway/close_code.hpp"
#include "adapters/discord/gateway/gateway_url.hpp"

namespace nunchi::discord::gateway {

using std::chrono::milliseconds;

Session::Session(SessionOptions options, std::optional<Known> known, bool was_lost, std::uint64_t seed,
                 TimePoint now)
    : options_(options),
      known_(std::move(known)),
      was_lost_(was_lost),
      at_(now),
      backoff_({.most = options.backoff_max}, seed),
      random_(seed) {}

Attempt Session::next(const std::string& gateway_url) {
    is_at_resume_url_ = false;
    // When the gateway's own host answers while that of the resume does not, the session is given up. Where
    // both are the same there is nothing to learn from it.
    if (!known_ || is_falling_back_) return {.login = Login::identify, .url = {}, .at = at_};
    is_at_resume_url_ =
        options_.use_resume_url && !known_->url.empty() && !is_same_host(known_->url, gateway_url);
    const bool has_url = options_.use_resume_url && !known_->url.empty();
    return {.login = Login::resume, .url = has_url ? known_->url : std::string(), .at = at_};
}

void Session::on_connect_failed(TimePoint now) {
    ++connect_failures_;
    // One failure alone may be anybody's.
    is_falling_back_ = is_at_resume_url_ && connect_failures_ >= 2;
    if (is_falling_back_) return retry_at(now);
    retry_at(now + backoff_.next());
}

void Session::on_hello() {
    connect_failures_ = 0;
    if (is_falling_back_) lose();
}

bool Session::on_begun(const Ready& ready, TimePoint now) {
    const bool is_gap = was_lost_ || known_.has_value();
    was_lost_ = false;
    known_.reset();
    if (!ready.session_id.empty()) known_ = Known{ready.session_id, ready.resume_gateway_url};
    // Without an id it is lost as soon as its connection is.
    was_lost_ = ready.session_id.empty();
    on_resumed(now);
    return is_gap;
}

void Session::on_resumed(TimePoint now) {
    ready_since_ = now;
    failed_resumes_ = 0;
    refused_logins_ = 0;
}

void Session::on_ended(const Ended& ended, TimePoint now) {
    is_falling_back_ = false;
    const auto ready_since = std::exchange(ready_since_, std::nullopt);
    if (ready_since && now - *ready_since >= options_.calm) backoff_.reset();
    if (is_login_refused_for_good(ended)) {
        stop_ = Stop{refused_identify_reason(), false};
        return;
    }
    if (is_resume_exhausted(ended)) lose();
    switch (ended.how) {
        case Ending::closed: return on_closed(ended, now);
        case Ending::reconnect:
        case Ending::invalid_resumable: return retry_at(soon(true, now));
        case Ending::invalid: lose(); return retry_at(std::max(now + wait_of_invalid(), soon(true, now)));
        case Ending::unsendable:
            lose();
            if (ended.login == Login::identify) {
                stop_ =
                    Stop{"the login is longer than the 4096 bytes that Discord takes: check the bot's token",
                         false};
            }
            return retry_at(soon(false, now));
        case Ending::zombie:
        case Ending::no_hello:
        case Ending::no_ready:
        case Ending::damaged:
        case Ending::finished: return retry_at(soon(ended.was_ready, now));
    }
}

void Session::on_closed(const Ended& ended, TimePoint now) {
    const CloseVerdict verdict = verdict_of(ended.code);
    if (verdict.after == AfterClose::stop) {
        stop_ =
            Stop{stop_reason(ended.code, options_.intents), ended.code == close_code::kAuthenticationFailed};
        return;
    }
    if (verdict.after == AfterClose::identify) lose();
    retry_at(soon(ended.was_ready && !verdict.backs_off, now));
}

void Session::lose() {
    if (known_) was_lost_ = true;
    known_.reset();
    is_falling_back_ = false;
    failed_resumes_ = 0;
}

/// At once, unless that was done a short time ago: a server that greets and hangs up is not to be hammered.
Session::TimePoint Session::soon(bool may_be_at_once, TimePoint now) {
    const bool was_at_once = last_at_once_ && now - *last_at_once_ < options_.calm;
    if (!may_be_at_once || was_at_once) return now + backoff_.next();
    last_at_once_ = now;
    return now;
}

bool Session::is_resume_exhausted(const Ended& ended) {
    if (ended.login != Login::resume || ended.was_ready || ended.how == Ending::finished) return false;
    return ++failed_resumes_ >= options_.resume_cap;
}

bool Session::is_login_refused_for_good(const Ended& ended) {
    const bool is_refusal = ended.how == Ending::closed && ended.code == close_code::kUnknownError &&
                            ended.login == Login::identify && ended.has_logged_in && !ended.was_ready;
    if (!is_refusal) return false;
    return ++refused_logins_ >= options_.refused_login_cap;
}

/// What Discord's staff advised: 1 to 5 seconds, drawn at random (G32).
milliseconds Session::wait_of_invalid() {
    return milliseconds(1000 + static_cast<milliseconds::rep>(random_() % 4001));
}

}  // namespace nunchi::discord::gateway
