// One shard's session over all its connections: resume or identify, where, after what wait, or never again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "adapters/discord/gateway/intents.hpp"
#include "adapters/discord/gateway/link.hpp"
#include "adapters/net/backoff.hpp"

namespace nunchi::discord::gateway {

struct SessionOptions {
    int resume_cap = 3;          // failed resumes in a row, then a new session (G35)
    int refused_login_cap = 10;  // logins in a row that are closed with 4000, then the token is wrong (D4)
    std::chrono::milliseconds backoff_max{60'000};
    /// A connection that lived so long was a good one. Also: not more often than that a connection is
    /// replaced without any wait.
    std::chrono::milliseconds calm{30'000};
    bool use_resume_url = true;
    Intents intents = kMentionIntents;  // for the sentence about 4014
};

/// How a connection ended, once its WebSocket had been open.
struct Ended {
    Ending how = Ending::closed;
    std::uint16_t code = 0;  // the peer's close code; 0: none
    Login login = Login::identify;
    bool has_logged_in = false;  // Identify or Resume was sent
    bool was_ready = false;
};

/// Only the operator can mend it.
struct Stop {
    std::string reason;
    bool is_token_refused = false;
};

struct Attempt {
    Login login = Login::identify;
    std::string url;  // without our query; empty: the gateway's own
    std::chrono::steady_clock::time_point at;
};

/// Pure: the time is passed in, the random numbers come from the seed.
class Session {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Known {
        std::string id;
        std::string url;  // resume_gateway_url; may be empty
    };

    /// `known`: to be resumed. `was_lost`: there was one, but it cannot be resumed.
    Session(SessionOptions options, std::optional<Known> known, bool was_lost, std::uint64_t seed,
            TimePoint now);

    /// The next connection. `gateway_url`: that of /gateway/bot, or the operator's.
    Attempt next(const std::string& gateway_url);

    /// No WebSocket came.
    void on_connect_failed(TimePoint now);
    void on_hello();
    /// True when a session before it was lost, and with it what happened since.
    bool on_begun(const Ready& ready, TimePoint now);
    void on_resumed(TimePoint now);
    void on_ended(const Ended& ended, TimePoint now);

    /// Set: no further connection.
    const std::optional<Stop>& stop() const { return stop_; }
    const std::optional<Known>& known() const { return known_; }
    /// In a row.
    int connect_failures() const { return connect_failures_; }

private:
    void lose();
    void retry_at(TimePoint at) { at_ = at; }
    TimePoint soon(bool may_be_at_once, TimePoint now);
    bool is_resume_exhausted(const Ended& ended);
    bool is_login_refused_for_good(const Ended& ended);
    void on_closed(const Ended& ended, TimePoint now);
    std::chrono::milliseconds wait_of_invalid();

    SessionOptions options_;
    std::optional<Known> known_;
    bool was_lost_;
    std::optional<Stop> stop_;

    TimePoint at_;
    net::Backoff backoff_;
    std::mt19937_64 random_;
    std::optional<TimePoint> last_at_once_;
    std::optional<TimePoint> ready_since_;

    bool is_at_resume_url_ = false;  // the last attempt went there
    bool is_falling_back_ = false;   // its host was not to be reached: the gateway's own is tried once (G4)
    int connect_failures_ = 0;
    int failed_resumes_ = 0;
    int refused_logins_ = 0;
};

}  // namespace nunchi::discord::gateway
