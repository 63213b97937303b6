// The gateway's payloads {op, d, s, t}: read without trust, written by hand.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/discord/gateway/error.hpp"
#include "adapters/discord/gateway/options.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::gateway {

/// What Discord takes at most in one payload (G39).
inline constexpr std::size_t kMaxSent = 4096;

using Sequence = std::int64_t;

struct Payload {
    int op = -1;                       // an Opcode, or a number that is none
    nlohmann::json data;               // d, whatever it is
    std::optional<Sequence> sequence;  // s; 0 is a sequence (D1)
    std::string type;                  // t
};

/// One payload. Any bytes may be given; what is nested deeper than 64 levels is left out.
result<Payload> parse_payload(std::string_view text);

/// The payloads that stand one behind the other in a text, as after decompression: usually one.
std::vector<result<Payload>> parse_payloads(std::string_view text);

/// heartbeat_interval of a Hello; nothing when it is missing or not between 1 ms and 10 min.
std::optional<std::chrono::milliseconds> heartbeat_interval(const nlohmann::json& hello);

/// What of READY is needed to resume.
struct Ready {
    std::string session_id;  // empty when READY had none: then the session cannot be resumed
    std::string resume_gateway_url;
};
Ready read_ready(const nlohmann::json& data);

/// d of op 9.
bool is_resumable(const nlohmann::json& invalid_session);

/// What the RATE_LIMITED dispatch says (G42), for the log; 0 for what is missing.
struct RateLimited {
    int opcode = 0;
    double retry_after = 0;  // seconds
};
RateLimited read_rate_limited(const nlohmann::json& data);

struct Identify {
    config::Secret token;  // without "Bot "
    Properties properties{};
    Intents intents = kMentionIntents;
    int shard = 0;
    int shard_count = 1;
};

struct Resume {
    config::Secret token;
    std::string session_id;
    Sequence sequence = 0;
};

/// The texts of identify and resume hold the token. Bytes that are not UTF-8 become U+FFFD.
std::string write_heartbeat(std::optional<Sequence> last);
std::string write_identify(const Identify& identify);
std::string write_resume(const Resume& resume);

}  // namespace nunchi::discord::gateway
