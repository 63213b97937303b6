// What of a session survives a restart (G34), as text for the store.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/discord/gateway/payload.hpp"

namespace nunchi::discord::gateway {

struct StoredSession {
    std::string session_id;
    std::string resume_gateway_url;
    Sequence sequence = 0;  // the watermark
    int shard_count = 1;
    std::chrono::system_clock::time_point alive_at;  // when the session was last known to be
};

/// Discord keeps a session for a few minutes; a resume that is refused costs nothing.
inline constexpr std::chrono::minutes kStaleAfter{60};

enum class StoredState {
    usable,
    corrupt,       // no text of ours
    stale,         // too old
    other_shards,  // the number of shards has changed: the session is of no use
};

struct StoredReading {
    StoredState state = StoredState::corrupt;
    StoredSession session;  // when it is usable
};

/// Any bytes may be given.
StoredReading read_stored_session(std::string_view text, int shard_count,
                                  std::chrono::system_clock::time_point now);

std::string write_stored_session(const StoredSession& session);

/// "is damaged", for the log.
std::string_view describe(StoredState state);

}  // namespace nunchi::discord::gateway
