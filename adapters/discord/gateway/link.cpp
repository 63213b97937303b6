#include "adapters/discord/gateway/link.hpp"

#include <algorithm>
#include <utility>

#include "adapters/discord/gateway/opcode.hpp"

namespace nunchi::discord::gateway {
namespace {

/// Until Hello tells the real one: what Discord's production uses.
constexpr std::chrono::milliseconds kUsualInterval{41'250};

}  // namespace

Link::Link(Login login, LinkTimeouts timeouts, double jitter, std::optional<Sequence> last, TimePoint now)
    : login_(login),
      timeouts_(timeouts),
      jitter_(jitter),
      last_(last),
      phase_ends_(now + timeouts.hello),
      limiter_(kUsualInterval) {}

Link::Steps Link::on_payload(Payload payload, TimePoint now) {
    if (phase_ == Phase::over) return {};
    switch (static_cast<Opcode>(payload.op)) {
        case Opcode::dispatch: return on_dispatch(std::move(payload), now);
        case Opcode::heartbeat: return answer_heartbeat(now);
        case Opcode::reconnect: return finish(Ending::reconnect);
        case Opcode::invalid_session:
            return finish(is_resumable(payload.data) ? Ending::invalid_resumable : Ending::invalid);
        case Opcode::hello: return on_hello(payload.data, now);
        case Opcode::heartbeat_ack:
            if (heart_) heart_->on_acknowledged(now);
            return {};
        case Opcode::identify:
        case Opcode::resume: break;
    }
    return {Ignore{}};
}

Link::Steps Link::on_time(TimePoint now) {
    if (phase_ == Phase::over) return {};
    if (phase_ends_ && now >= *phase_ends_) {
        return finish(phase_ == Phase::expecting_hello ? Ending::no_hello : Ending::no_ready);
    }
    if (!heart_) return {};
    switch (heart_->on_time(now)) {
        case Heart::Verdict::not_yet: return {};
        case Heart::Verdict::dead: return finish(Ending::zombie);
        case Heart::Verdict::beat: break;
    }
    limiter_.send(now);
    return {SendHeartbeat{last_}};
}

Link::Steps Link::on_permit(TimePoint now) {
    if (phase_ != Phase::waiting_for_permit) return {};
    return log_in(now);
}

void Link::on_inbound() {
    if (heart_) heart_->on_inbound();
}

Link::TimePoint Link::deadline() const {
    TimePoint deadline = phase_ends_.value_or(TimePoint::max());
    if (heart_) deadline = std::min(deadline, heart_->next());
    return deadline;
}

std::optional<Heart::Duration> Link::latency() const {
    return heart_ ? heart_->latency() : std::nullopt;
}

Link::Steps Link::on_hello(const nlohmann::json& data, TimePoint now) {
    if (phase_ != Phase::expecting_hello) return {Ignore{}};
    const auto interval = heartbeat_interval(data);
    if (!interval) return finish(Ending::no_hello);
    heart_.emplace(*interval, jitter_, now);
    limiter_ = SendLimiter(*interval);
    if (login_ == Login::identify) {
        phase_ = Phase::waiting_for_permit;
        phase_ends_.reset();
        return {Greeted{}, AskPermit{}};
    }
    Steps steps{Greeted{}};
    for (LinkStep& step : log_in(now)) steps.push_back(std::move(step));
    return steps;
}

Link::Steps Link::log_in(TimePoint now) {
    phase_ = login_ == Login::identify ? Phase::expecting_ready : Phase::expecting_resumed;
    phase_ends_ = now + timeouts_.ready;
    has_logged_in_ = true;
    limiter_.send(now);
    return {SendLogin{login_}};
}

Link::Steps Link::on_dispatch(Payload payload, TimePoint now) {
    if (!has_logged_in_) return {Ignore{}};
    const bool is_login_answered = phase_ == Phase::ready;
    if (!is_login_answered && payload.type == "READY") return on_ready(std::move(payload));
    if (phase_ == Phase::expecting_resumed && payload.type == "RESUMED")
        return on_resumed(std::move(payload));
    if (!is_taking_) return {};
    if (payload.sequence) last_ = payload.sequence;
    // A long replay is an answer, too.
    if (phase_ == Phase::expecting_resumed) phase_ends_ = now + timeouts_.ready;
    // Whose sequence would it be? Not the session's that READY is going to begin.
    if (phase_ == Phase::expecting_ready) payload.sequence.reset();
    return {HandOn{std::move(payload), phase_ == Phase::expecting_resumed}};
}

/// In answer to a Resume as well: then the server has begun a new session in its place.
Link::Steps Link::on_ready(Payload payload) {
    phase_ = Phase::ready;
    phase_ends_.reset();
    was_ready_ = true;
    last_ = payload.sequence;
    return {Begin{std::move(payload)}};
}

Link::Steps Link::on_resumed(Payload payload) {
    phase_ = Phase::ready;
    phase_ends_.reset();
    was_ready_ = true;
    if (is_taking_ && payload.sequence) last_ = payload.sequence;
    return {GoOn{std::move(payload)}};
}

/// At once (G16), as long as the heartbeats of our own timer keep their share (G40).
Link::Steps Link::answer_heartbeat(TimePoint now) {
    if (!limiter_.try_send(now)) return {Ignore{}};
    if (heart_) heart_->on_requested(now);
    return {SendHeartbeat{last_}};
}

Link::Steps Link::finish(Ending how) {
    phase_ = Phase::over;
    phase_ends_.reset();
    heart_.reset();
    return {Finish{how}};
}

}  // namespace nunchi::discord::gateway
