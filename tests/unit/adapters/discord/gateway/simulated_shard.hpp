// A shard in simulated time: the pure parts put together as shard.cpp and connection.cpp do it, without Asio.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/discord/gateway/identify_budget.hpp"
#include "adapters/discord/gateway/identify_gate.hpp"
#include "adapters/discord/gateway/receipts.hpp"
#include "adapters/discord/gateway/session.hpp"
#include "adapters/discord/gateway/stored_session.hpp"
#include "tests/unit/adapters/discord/gateway/simulated_server.hpp"

namespace nunchi::discord::gateway {

/// What the shards of one process share; the text outlives it.
struct SimulatedQueue {
    IdentifyGate gate{1};
    IdentifyBudget budget{{.per_day = 900, .burst = 60}};
    std::string stored;
};

class SimulatedShard {
public:
    SimulatedShard(int number, SimulatedTime& time, SimulatedServer& server, SimulatedQueue& queue,
                   std::uint64_t seed)
        : number_(number), time_(time), server_(server), queue_(queue), random_(seed) {
        start();
        keep_stored();
    }

    /// The process dies; what is stored and what was handled stay.
    void crash() {
        hang_up();
        ++life_;
        queue_.gate.leave(number_);
        receipts_->forget_owner();
        start();
    }

    bool is_ready() const { return link_ && link_->is_ready(); }
    const std::optional<Stop>& stop() const { return session_->stop(); }

    int gaps = 0;
    int replayed = 0;
    int repeated = 0;  // handed on more than once

private:
    void start() {
        std::optional<Session::Known> known;
        receipts_ = std::make_shared<Receipts>(std::function<void()>());
        last_.reset();
        const auto reading = read_stored_session(stored_, 1, time_.wall());
        if (reading.state == StoredState::usable) {
            known = Session::Known{reading.session.session_id, reading.session.resume_gateway_url};
            receipts_->begin_session(reading.session.sequence);
            last_ = reading.session.sequence;
        }
        session_.emplace(SessionOptions{}, std::move(known), !stored_.empty() && !known, random_(),
                         time_.now());
        attempt();
    }

    /// In this life of the process only.
    std::function<void()> mine(std::function<void()> action) {
        return [this, life = life_, action = std::move(action)] {
            if (life == life_) action();
        };
    }

    void attempt() {
        if (session_->stop()) return;
        const Attempt next = session_->next("wss://gateway.example");
        time_.at(next.at, mine([this, next] { connect(next); }));
    }

    void connect(const Attempt& attempt_now) {
        wire_ = server_.connect(!attempt_now.url.empty());
        if (!wire_) {
            session_->on_connect_failed(time_.now());
            return attempt();
        }
        const double jitter = static_cast<double>(random_() >> 11U) * 0x1p-53;
        const auto last = attempt_now.login == Login::resume ? last_ : std::nullopt;
        link_.emplace(attempt_now.login, LinkTimeouts{}, jitter, last, time_.now());
        wire_->to_client = [this, wire = wire_.get()](Payload payload) {
            if (!wire_ || wire_.get() != wire) return;
            link_->on_inbound();
            perform(link_->on_payload(std::move(payload), time_.now()));
        };
        wire_->on_closed = [this, wire = wire_.get()](std::uint16_t code) {
            if (wire_ && wire_.get() == wire) end(Ending::closed, code);
        };
        arm();
    }

    void arm() {
        if (!link_ || link_->deadline() == armed_for_) return;
        armed_for_ = link_->deadline();
        time_.at(armed_for_, mine([this, wire = wire_.get()] {
                     if (!wire_ || wire_.get() != wire || time_.now() < link_->deadline()) return;
                     perform(link_->on_time(time_.now()));
                 }));
    }

    void perform(Link::Steps steps) {
        for (LinkStep& step : steps) {
            if (auto* beat = std::get_if<SendHeartbeat>(&step))
                server_.receive(wire_, write_heartbeat(beat->last));
            if (std::holds_alternative<Greeted>(step)) session_->on_hello();
            if (std::holds_alternative<AskPermit>(step)) enter_line();
            if (auto* login = std::get_if<SendLogin>(&step)) log_in(login->login);
            if (auto* begin = std::get_if<Begin>(&step)) on_begun(begin->payload);
            if (auto* resumed = std::get_if<GoOn>(&step)) on_resumed(resumed->payload);
            if (auto* on = std::get_if<HandOn>(&step)) on_dispatch(on->payload, on->is_replayed);
            if (auto* finish = std::get_if<Finish>(&step)) end(finish->how, 0);
        }
        arm();
    }

    void enter_line() {
        queue_.gate.enter(number_);
        look();
    }

    void look() {
        if (!link_ || link_->has_logged_in()) return queue_.gate.leave(number_);
        const auto wait = queue_.budget.wait(time_.wall());
        const auto turn = queue_.gate.may_pass_at(number_);
        if (wait > std::chrono::milliseconds::zero() || !turn || *turn > time_.now()) {
            time_.after(std::chrono::milliseconds(200), mine([this, wire = wire_.get()] {
                            if (wire_.get() == wire) look();
                        }));
            return;
        }
        queue_.gate.pass(number_, time_.now());
        queue_.budget.spend(time_.wall());
        queue_.stored = queue_.budget.to_text();
        perform(link_->on_permit(time_.now()));
    }

    void log_in(Login login) {
        if (login == Login::identify)
            return server_.receive(wire_, write_identify({.token = config::Secret("t")}));
        server_.receive(wire_, write_resume({.token = config::Secret("t"),
                                             .session_id = session_->known()->id,
                                             .sequence = receipts_->watermark().value_or(0)}));
    }

    void on_begun(const Payload& ready) {
        receipts_->begin_session(ready.sequence.value_or(0));
        gaps += session_->on_begun(read_ready(ready.data), time_.now());
    }

    void on_resumed(const Payload& resumed) {
        session_->on_resumed(time_.now());
        receipts_->arrive(*resumed.sequence);
        receipts_->handle(*resumed.sequence);
    }

    void on_dispatch(const Payload& payload, bool is_replayed) {
        const auto arrival = receipts_->arrive(*payload.sequence);
        if (arrival == Watermark::Arrival::handled && is_replayed) return;
        replayed += is_replayed;
        repeated += arrival == Watermark::Arrival::repeated;
        auto receipt = std::make_shared<chat::Receipt>(receipts_->issue(payload.sequence));
        if (payload.type != "MESSAGE_CREATE") return receipt->handled();
        // One in a hundred is not handled, as where the store fails.
        if (random_() % 100 == 0) return;
        const std::size_t number = std::stoul(payload.data["id"].get<std::string>());
        time_.after(std::chrono::milliseconds(random_() % 3000), mine([this, receipt, number] {
                        server_.messages[number].is_handled = true;
                        receipt->handled();
                    }));
    }

    void end(Ending how, std::uint16_t code) {
        const Ended ended{.how = how,
                          .code = code,
                          .login = link_->login(),
                          .has_logged_in = link_->has_logged_in(),
                          .was_ready = link_->was_ready()};
        last_ = link_->last_sequence();
        hang_up();
        queue_.gate.leave(number_);
        session_->on_ended(ended, time_.now());
        attempt();
    }

    void hang_up() {
        if (wire_) server_.leave(wire_);
        wire_.reset();
        link_.reset();
        armed_for_ = {};
    }

    void keep_stored() {
        if (session_->known() && receipts_->watermark()) {
            stored_ = write_stored_session({.session_id = session_->known()->id,
                                            .resume_gateway_url = session_->known()->url,
                                            .sequence = *receipts_->watermark(),
                                            .shard_count = 1,
                                            .alive_at = time_.wall()});
        }
        time_.after(std::chrono::seconds(1), [this] { keep_stored(); });
    }

    int number_;
    SimulatedTime& time_;
    SimulatedServer& server_;
    SimulatedQueue& queue_;
    std::mt19937_64 random_;
    int life_ = 0;
    std::string stored_;
    std::optional<Session> session_;
    std::shared_ptr<Receipts> receipts_;
    std::optional<Sequence> last_;
    SimulatedServer::Wire wire_;
    std::optional<Link> link_;
    Link::TimePoint armed_for_{};
};

}  // namespace nunchi::discord::gateway
