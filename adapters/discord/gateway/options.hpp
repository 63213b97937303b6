// What the operator may set about the gateway, and what the gateway counts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/discord/gateway/intents.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::gateway {

enum class Compression { none, zlib_stream, zstd_stream };

/// What Identify says of the program.
struct Properties {
    std::string os = "linux";
    std::string browser = "nunchi";
    std::string device = "nunchi";
};

/// The CA file, the proxy and the hosts that ws:// may be used with are net::ClientOptions'.
struct Options {
    config::Secret token{};  // without "Bot "; no format is expected
    Intents intents = kMentionIntents;
    std::string user_agent{};   // on the upgrade (G5); empty: that of the HTTP client
    std::string gateway_url{};  // ws:// or wss://; empty: what GET /gateway/bot says
    Compression compression = Compression::zstd_stream;
    int shards = 0;  // 0: as many as GET /gateway/bot recommends
    Properties properties{};

    std::chrono::milliseconds connect_timeout{30'000};  // name, TCP, TLS and upgrade together
    std::chrono::milliseconds hello_timeout{60'000};
    std::chrono::milliseconds ready_timeout{15'000};  // and RESUMED, without anything replayed before it
    std::chrono::milliseconds close_timeout{1'000};   // for the peer to answer our close frame (G20)
    std::chrono::milliseconds drain_timeout{10'000};  // for receipts that are out at the stop

    int resume_cap = 3;  // failed resumes in a row, then a new session (G35)
    std::chrono::milliseconds backoff_max{60'000};
    std::size_t identifies_per_day = 900;                // below Discord's 1000 (G27)
    std::chrono::milliseconds identify_interval{5'000};  // between two of one key (G24)
    std::size_t max_message_bytes = 16 * 1024 * 1024;    // before and after decompression (G6, G49)
    bool use_resume_url = true;                          // off: resume through the gateway's own URL
    std::chrono::milliseconds store_interval{1'000};     // at most so often a watermark is stored
};

/// Since the start.
struct Counters {
    std::uint64_t connections = 0;  // that said Hello
    std::uint64_t reconnects = 0;   // connections that ended and are to be replaced
    std::uint64_t connect_failures = 0;
    std::uint64_t identifies = 0;
    std::uint64_t resumes = 0;  // sent
    std::uint64_t resumed = 0;  // that succeeded
    std::uint64_t zombies = 0;
    std::uint64_t gaps = 0;              // sessions lost, and sequences that a replay left out
    std::uint64_t unknown_payloads = 0;  // ops, and dispatches before a login
    std::uint64_t malformed_payloads = 0;
    std::uint64_t decode_errors = 0;  // damaged compression
    std::uint64_t oversized = 0;      // messages over max_message_bytes
    std::uint64_t unknown_close_codes = 0;
    std::uint64_t foreign_dispatches = 0;  // of guilds that are another shard's
    std::uint64_t abandoned = 0;           // dispatches without a receipt that too many others overtook
    std::vector<std::optional<std::chrono::milliseconds>> latency;  // of each shard; the mean of the last 5
};

}  // namespace nunchi::discord::gateway
