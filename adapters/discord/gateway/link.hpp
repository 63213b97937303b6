// One connection's protocol, from Hello to its end, without I/O.
#pragma once

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include "adapters/discord/gateway/heart.hpp"
#include "adapters/discord/gateway/payload.hpp"
#include "adapters/discord/gateway/send_limiter.hpp"

namespace nunchi::discord::gateway {

enum class Login { identify, resume };

/// Why a connection is over.
enum class Ending {
    closed,             // by the peer, with its code, or dropped
    reconnect,          // op 7
    invalid_resumable,  // op 9 with d true
    invalid,            // op 9 with d false: the session is gone
    zombie,             // nothing came between two heartbeats
    no_hello,           // none in time, or none that can be used
    no_ready,           // the login was not answered in time
    damaged,            // what came cannot be read any more
    unsendable,         // our login is longer than Discord takes
    finished,           // by us, because we stop
};

/// What to do next, in this order.
struct SendHeartbeat {
    std::optional<Sequence> last;
};
/// Hello has come: from here on the connection counts as one.
struct Greeted {};
/// on_permit() is to be called when an Identify may go out.
struct AskPermit {};
struct SendLogin {
    Login login;
};
/// READY: a new session.
struct Begin {
    Payload payload;
};
/// RESUMED: the old session goes on and everything was replayed.
struct GoOn {
    Payload payload;
};
struct HandOn {
    Payload payload;
    bool is_replayed = false;
};
/// Nothing we know; it counts.
struct Ignore {};
struct Finish {
    Ending how;
};

using LinkStep =
    std::variant<SendHeartbeat, Greeted, AskPermit, SendLogin, Begin, GoOn, HandOn, Ignore, Finish>;

struct LinkTimeouts {
    std::chrono::milliseconds hello{60'000};
    std::chrono::milliseconds ready{15'000};
};

/// Lives as long as its connection: its heart and its limits die with it (G15). After Finish there are no
/// more steps.
class Link {
public:
    using TimePoint = Heart::TimePoint;
    using Steps = std::vector<LinkStep>;

    /// When the WebSocket is open. `jitter` from [0, 1); `last` is the session's last sequence.
    Link(Login login, LinkTimeouts timeouts, double jitter, std::optional<Sequence> last, TimePoint now);

    Steps on_payload(Payload payload, TimePoint now);
    /// To be called at deadline(); harmless at any other time.
    Steps on_time(TimePoint now);
    Steps on_permit(TimePoint now);
    /// Anything came in, be it readable or not.
    void on_inbound();

    TimePoint deadline() const;

    /// From now on dispatches are passed over as if they had not come: a resume brings them again.
    void stop_intake() { is_taking_ = false; }

    Login login() const { return login_; }
    bool has_logged_in() const { return has_logged_in_; }
    bool is_ready() const { return phase_ == Phase::ready; }
    bool was_ready() const { return was_ready_; }
    std::optional<Sequence> last_sequence() const { return last_; }
    std::optional<Heart::Duration> latency() const;

private:
    enum class Phase {
        expecting_hello,     // since the WebSocket is open
        waiting_for_permit,  // after Hello, until Identify may go out; heartbeats go on
        expecting_ready,     // after Identify
        expecting_resumed,   // after Resume; what comes before RESUMED is the replay
        ready,               // after READY or RESUMED
        over,                // after Finish
    };

    Steps on_hello(const nlohmann::json& data, TimePoint now);
    Steps on_dispatch(Payload payload, TimePoint now);
    Steps on_ready(Payload payload);
    Steps on_resumed(Payload payload);
    Steps log_in(TimePoint now);
    Steps answer_heartbeat(TimePoint now);
    Steps finish(Ending how);

    Login login_;
    LinkTimeouts timeouts_;
    double jitter_;
    std::optional<Sequence> last_;
    Phase phase_ = Phase::expecting_hello;
    std::optional<TimePoint> phase_ends_;
    std::optional<Heart> heart_;
    SendLimiter limiter_;
    bool is_taking_ = true;
    bool has_logged_in_ = false;
    bool was_ready_ = false;
};

}  // namespace nunchi::discord::gateway
