// Which channels are threads, and of what channel.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/chat/recent_map.hpp"

namespace nunchi::discord {

/// Posts of a forum are threads of the forum. Bounded: what was pushed out, or was never told because the
/// session was resumed, has to be asked for.
class ThreadBook {
public:
    explicit ThreadBook(std::size_t capacity = 50'000) : parents_(capacity) {}

    /// Learns from GUILD_CREATE, THREAD_CREATE, THREAD_UPDATE, THREAD_LIST_SYNC, CHANNEL_CREATE and from a
    /// channel object; others are ignored. The data may be of any content.
    void learn(std::string_view dispatch, const nlohmann::json& data);
    void learn_channel(const nlohmann::json& channel);

    /// The parent channel of a thread; empty for a channel that is none. Nothing: not known.
    std::optional<std::string> parent_of(std::string_view channel);

private:
    chat::RecentMap<std::string> parents_;
};

}  // namespace nunchi::discord
