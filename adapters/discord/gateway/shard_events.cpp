// What a shard does with what its connection brings.
#include <spdlog/logger.h>

#include <utility>

#include "adapters/discord/gateway/shard.hpp"
#include "adapters/discord/gateway/sharding.hpp"

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

using SteadyClock = std::chrono::steady_clock;

void Shard::on_hello() {
    ++around_.counters.connections;
    session_->on_hello();
}

asio::awaitable<void> Shard::wait_for_permit() {
    return around_.queue.wait_for_turn(id_.number);
}

std::string Shard::login_payload(Login login) {
    if (login == Login::resume) {
        ++around_.counters.resumes;
        return write_resume({.token = around_.options.token,
                             .session_id = session_->known() ? session_->known()->id : std::string(),
                             .sequence = receipts_->watermark().value_or(0)});
    }
    ++around_.counters.identifies;
    return write_identify({.token = around_.options.token,
                           .properties = around_.options.properties,
                           .intents = around_.options.intents,
                           .shard = id_.number,
                           .shard_count = id_.count});
}

void Shard::on_begun(Payload ready) {
    receipts_->begin_session(ready.sequence.value_or(0));
    const bool is_gap = session_->on_begun(read_ready(ready.data), SteadyClock::now());
    is_dirty_.set();
    set_connected();
    hand_on(std::move(ready), false, std::nullopt);
    if (!is_gap) return;
    ++around_.counters.gaps;
    around_.log->warn("discord: shard {}: a new session; what was posted since the last one is not known",
                      id_.number);
    around_.sink.on_gap(id_.number);
}

void Shard::on_resumed(Payload resumed) {
    session_->on_resumed(SteadyClock::now());
    ++around_.counters.resumed;
    if (is_taking_ && resumed.sequence) {
        receipts_->arrive(*resumed.sequence);
        receipts_->handle(*resumed.sequence);
    }
    is_dirty_.set();
    set_connected();
    hand_on(std::move(resumed), false, std::nullopt);
}

void Shard::on_dispatch(Payload payload, bool is_replayed) {
    const auto sequence = payload.sequence;
    const auto arrival = sequence ? receipts_->arrive(*sequence) : Watermark::Arrival::expected;
    if (arrival == Watermark::Arrival::gap) ++around_.counters.gaps;
    if (arrival == Watermark::Arrival::handled && is_replayed) return;
    if (!is_passed_over(payload)) return hand_on(std::move(payload), is_replayed, sequence);
    if (sequence) receipts_->handle(*sequence);
    is_dirty_.set();
}

bool Shard::is_passed_over(const Payload& payload) {
    if (!payload.data.is_object() || payload.type.empty()) {
        ++around_.counters.malformed_payloads;
        return true;
    }
    if (is_foreign(payload.type, payload.data, id_.number, id_.count)) {
        ++around_.counters.foreign_dispatches;
        return true;
    }
    if (payload.type != "RATE_LIMITED") return false;
    const RateLimited limited = read_rate_limited(payload.data);
    around_.log->warn("discord: shard {}: op {} is rate limited for {} s", id_.number, limited.opcode,
                      limited.retry_after);
    return true;
}

void Shard::hand_on(Payload payload, bool is_replayed, std::optional<Sequence> sequence) {
    if (!is_taking_) return;
    if (!payload.data.is_object()) payload.data = nlohmann::json::object();
    Dispatch dispatch{.type = std::move(payload.type),
                      .data = std::move(payload.data),
                      .shard = id_.number,
                      .shard_count = id_.count,
                      .is_replayed = is_replayed,
                      .receipt = receipts_->issue(sequence)};
    around_.sink.on_dispatch(std::move(dispatch));
}

void Shard::on_odd(Oddity oddity) {
    switch (oddity) {
        case Oddity::unknown: ++around_.counters.unknown_payloads; break;
        case Oddity::malformed: ++around_.counters.malformed_payloads; break;
        case Oddity::damaged: ++around_.counters.decode_errors; break;
        case Oddity::too_large: ++around_.counters.oversized; break;
    }
}

}  // namespace nunchi::discord::gateway
