// Events over WebSockets: Slack is asked for an address, and several connections stand at any time (S1 to
// S10).
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/slack/socket_mode/frame.hpp"

namespace nunchi::slack::socket_mode {

struct Options {
    int connections = 2;  // at the same time, so that one may be replaced without a gap (S2)
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds hello_timeout{10'000};
    /// Without any frame for so long a connection is dead; a ping goes out at the half of it (S7, D1).
    std::chrono::milliseconds idle{9'000};
    /// Slack gives up after 3 s; the rest is for the way (H8).
    std::chrono::milliseconds ack_at_latest{2'000};
    std::chrono::milliseconds backoff_first{1'000};
    std::chrono::milliseconds backoff_max{60'000};
    std::chrono::milliseconds disabled_wait{300'000};  // between two attempts while Socket Mode is off
    /// A connection that stood for so long was a good one: the next is opened without a wait.
    std::chrono::milliseconds steady_after{10'000};
    std::chrono::milliseconds drain_timeout{10'000};
    std::size_t max_message_bytes = 16 * 1024 * 1024;
    bool has_short_lives = false;  // for tests against Slack: connections live for six minutes (S9)
};

/// What apps.connections.open came to.
struct Opening {
    std::string url{};      // empty: it failed
    bool is_final = false;  // no attempt will ever succeed: the token is wrong (S8)
    std::optional<std::chrono::seconds> retry_after{};
    std::string reason{};  // a sentence for the operator
};
using Opener = std::function<boost::asio::awaitable<Opening>()>;

/// The answer to one envelope. Copies answer the same one, and the first answer counts. When the last copy
/// goes without an answer, it is not acknowledged and Slack delivers it again. It may outlive the
/// connections.
class Acknowledgement {
public:
    struct State;

    Acknowledgement() = default;
    explicit Acknowledgement(std::shared_ptr<State> state) : state_(std::move(state)) {}

    /// The payload is left out where the envelope takes none.
    void handled(nlohmann::json payload = nullptr);

private:
    std::shared_ptr<State> state_;
};

/// Called on the executor, once for each envelope. It must not wait.
using Handler = std::function<void(Envelope, Acknowledgement)>;

/// Since the start.
struct Counters {
    std::uint64_t connections = 0;  // that said hello
    std::uint64_t refreshes = 0;    // replaced because Slack asked for it
    std::uint64_t deaths = 0;       // ended otherwise
    std::uint64_t events = 0;
    std::uint64_t commands = 0;
    std::uint64_t interactions = 0;
    std::uint64_t retries = 0;      // envelopes that said so
    std::uint64_t handled = 0;      // acknowledged when handled
    std::uint64_t acked_early = 0;  // acknowledged before: a crash loses them (H8)
    std::uint64_t not_handled = 0;  // left to be delivered again
    std::uint64_t unknown = 0;      // frames that say nothing to us
    std::uint64_t strangers = 0;    // hellos that told of connections which are not ours (S3)
    std::size_t open = 0;           // now
    std::optional<std::chrono::steady_clock::time_point> last_frame{};
    std::optional<std::chrono::steady_clock::time_point> last_event{};
};

class SocketMode {
public:
    virtual ~SocketMode() = default;

    /// Until stop_intake() and the end of what is under way, or until an Opening was final. The handler must
    /// outlive it.
    virtual boost::asio::awaitable<void> run() = 0;

    /// What comes from now on is left to be delivered again, to another process.
    virtual void stop_intake() = 0;

    virtual chat::Status status() const = 0;
    virtual Counters counters() const = 0;
};

/// The HTTP client must outlive it.
std::unique_ptr<SocketMode> create_socket_mode(boost::asio::any_io_executor executor, Options options,
                                               net::HttpClient& http, Opener open, Handler handler,
                                               std::shared_ptr<spdlog::logger> log);

}  // namespace nunchi::slack::socket_mode
