// One shard's side of Discord's gateway in simulated time: sessions with a replay, and every way to fail.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/gateway/payload.hpp"
#include "tests/unit/adapters/discord/gateway/simulated_time.hpp"

namespace nunchi::discord::gateway {

/// What goes wrong with a connection.
struct Fault {
    enum class Kind { none, drop, close, reconnect, invalid_resumable, invalid, silence };
    Kind kind = Kind::none;
    std::uint16_t code = 0;  // of close
};

/// One connection, seen from both ends.
struct SimulatedWire {
    std::function<void(Payload)> to_client;
    std::function<void(std::uint16_t)> on_closed;  // by the server
    bool is_open = true;
    bool is_silent = false;  // a zombie: nothing comes any more, and nobody says so
    std::vector<SimulatedTime::TimePoint> heartbeats;
};

class SimulatedServer {
public:
    using Wire = std::shared_ptr<SimulatedWire>;
    using json = nlohmann::json;

    static constexpr std::chrono::milliseconds kInterval{41'250};
    static constexpr std::chrono::milliseconds kLatency{40};
    static constexpr std::chrono::minutes kSessionLife{3};

    struct Message {
        std::string session;  // that was to bring it; empty: there was none
        bool is_handled = false;
        bool is_excused = false;  // its session ended, by the server or for a good reason
    };

    explicit SimulatedServer(SimulatedTime& time) : time_(time) {}

    /// Null when nobody listens there.
    Wire connect(bool is_resume_host) {
        if (is_away || (is_resume_host && is_resume_host_away)) return nullptr;
        if (wire_) leave(wire_);
        const auto wire = std::make_shared<SimulatedWire>();
        wire_ = wire;
        send(wire,
             {.op = 10, .data = {{"heartbeat_interval", kInterval.count()}}, .sequence = {}, .type = {}});
        return wire;
    }

    void receive(const Wire& wire, const std::string& text) {
        time_.after(kLatency, [this, wire, text] { on_text(wire, text); });
    }

    /// The client closed.
    void leave(const Wire& wire) {
        wire->is_open = false;
        if (wire == wire_) lose_wire();
    }

    /// A message for this shard; its number.
    std::size_t publish() {
        messages.push_back({.session = session_ ? session_->id : std::string()});
        const std::size_t number = messages.size() - 1;
        if (!session_) {
            messages.back().is_excused = true;
        } else {
            dispatch("MESSAGE_CREATE", {{"id", std::to_string(number)}});
        }
        return number;
    }

    void strike(Fault fault) {
        if (!wire_ || !wire_->is_open) return;
        const Wire wire = wire_;
        switch (fault.kind) {
            case Fault::Kind::none: return;
            case Fault::Kind::drop: return close(wire, 0);
            case Fault::Kind::close:
                if (ends_session(fault.code)) end_session();
                return close(wire, fault.code);
            case Fault::Kind::reconnect: return send(wire, {.op = 7, .data = {}, .sequence = {}, .type = {}});
            case Fault::Kind::invalid_resumable:
                return send(wire, {.op = 9, .data = true, .sequence = {}, .type = {}});
            case Fault::Kind::invalid:
                end_session();
                return send(wire, {.op = 9, .data = false, .sequence = {}, .type = {}});
            case Fault::Kind::silence: wire->is_silent = true; return;
        }
    }

    void end_session() {
        if (!session_) return;
        for (Message& message : messages) {
            if (message.session == session_->id && !message.is_handled) message.is_excused = true;
        }
        session_.reset();
    }

    bool is_away = false;
    bool is_resume_host_away = false;
    bool refuses_resumes = false;
    std::optional<int> strike_after;  // so many frames, of both sides; then strike_with
    Fault strike_with;

    std::vector<Message> messages;
    std::vector<SimulatedTime::TimePoint> identifies;
    int resumes = 0;
    int sessions = 0;
    int abandoned_sessions =
        0;  // the client began a new one although the old one lived and nothing spoke against
    std::vector<SimulatedTime::Duration> heartbeat_gaps;

private:
    struct ServerSession {
        std::string id;
        std::vector<std::pair<std::string, json>> events;  // sequence 1 is the first
        bool is_known = false;                             // the client has seen its READY
    };

    static bool ends_session(std::uint16_t code) {
        return code == 1000 || code == 1001 || code == 4003 || code == 4005 || code == 4007 || code == 4009;
    }

    void send(const Wire& wire, Payload payload) {
        if (count_frame()) return;
        if (wire->is_silent) return;
        time_.after(kLatency, [this, wire, payload = std::move(payload)]() mutable {
            if (!wire->is_open || wire->is_silent) return;
            if (payload.type == "READY" && session_) session_->is_known = true;
            wire->to_client(std::move(payload));
        });
    }

    /// True when it was this frame that broke the connection.
    bool count_frame() {
        if (!strike_after || (*strike_after)-- > 0) return false;
        strike_after.reset();
        strike(strike_with);
        return true;
    }

    void close(const Wire& wire, std::uint16_t code) {
        if (!wire->is_open) return;
        wire->is_open = false;
        time_.after(kLatency, [wire, code] {
            if (wire->on_closed) wire->on_closed(code);
        });
        if (wire == wire_) lose_wire();
    }

    void lose_wire() {
        wire_.reset();
        is_ready_ = false;
        const auto lost_at = ++wire_losses_;
        time_.after(kSessionLife, [this, lost_at] {
            if (lost_at == wire_losses_ && !is_ready_) end_session();
        });
    }

    void on_text(const Wire& wire, const std::string& text) {
        if (!wire->is_open || wire->is_silent || count_frame()) return;
        const json payload = json::parse(text);
        const int op = payload["op"];
        if (op == 1) on_heartbeat(wire);
        if (op == 2) on_identify(wire);
        if (op == 6) on_resume(wire, payload["d"]);
    }

    void on_heartbeat(const Wire& wire) {
        if (!wire->heartbeats.empty()) heartbeat_gaps.push_back(time_.now() - wire->heartbeats.back());
        wire->heartbeats.push_back(time_.now());
        send(wire, {.op = 11, .data = json::object(), .sequence = {}, .type = {}});
    }

    void on_identify(const Wire& wire) {
        identifies.push_back(time_.now());
        if (session_ && session_->is_known && resumes_failed_ < 3 && !is_resume_host_away)
            ++abandoned_sessions;
        end_session();
        session_ = ServerSession{.id = "session" + std::to_string(++sessions), .events = {}};
        is_ready_ = wire == wire_;
        resumes_failed_ = 0;
        dispatch("READY", {{"session_id", session_->id}, {"resume_gateway_url", "wss://resume.example"}});
    }

    void on_resume(const Wire& wire, const json& data) {
        ++resumes;
        ++resumes_failed_;
        const bool is_known = session_ && data["session_id"] == session_->id && !refuses_resumes;
        if (!is_known) {
            end_session();
            return send(wire, {.op = 9, .data = false, .sequence = {}, .type = {}});
        }
        const auto after = data["seq"].get<std::size_t>();
        // Any frame may be the one that ends the session.
        for (std::size_t i = after; session_ && i < session_->events.size(); ++i) send_event(wire, i);
        if (!session_) return;
        is_ready_ = wire == wire_;
        dispatch("RESUMED", json::object());
        if (wire->is_open && !wire->is_silent) resumes_failed_ = 0;
    }

    void dispatch(std::string type, json data) {
        session_->events.emplace_back(std::move(type), std::move(data));
        if (wire_ && is_ready_) send_event(wire_, session_->events.size() - 1);
    }

    void send_event(const Wire& wire, std::size_t index) {
        if (!session_) return;
        const auto& [type, data] = session_->events[index];
        send(wire, {.op = 0, .data = data, .sequence = static_cast<Sequence>(index + 1), .type = type});
    }

    SimulatedTime& time_;
    Wire wire_;
    bool is_ready_ = false;
    std::optional<ServerSession> session_;
    int wire_losses_ = 0;
    int resumes_failed_ = 0;
};

}  // namespace nunchi::discord::gateway
