#include "adapters/discord/threads.hpp"

#include "adapters/discord/json_access.hpp"

namespace nunchi::discord {
namespace {

/// Announcement thread, public thread, private thread.
bool is_thread(std::int64_t type) {
    return type >= 10 && type <= 12;
}

}  // namespace

void ThreadBook::learn(std::string_view dispatch, const nlohmann::json& data) {
    if (dispatch == "GUILD_CREATE" || dispatch == "THREAD_LIST_SYNC") {
        for (const char* list : {"channels", "threads"}) {
            const auto& channels = member(data, list);
            if (!channels.is_array()) continue;
            for (const auto& channel : channels) learn_channel(channel);
        }
    } else if (dispatch == "THREAD_CREATE" || dispatch == "THREAD_UPDATE" || dispatch == "CHANNEL_CREATE") {
        learn_channel(data);
    }
}

void ThreadBook::learn_channel(const nlohmann::json& channel) {
    const auto id = id_of(channel, "id");
    const auto type = number_of(channel, "type");
    if (id.empty() || type < 0) return;
    parents_.get(id) = is_thread(type) ? id_of(channel, "parent_id") : std::string();
}

std::optional<std::string> ThreadBook::parent_of(std::string_view channel) {
    const std::string* const parent = parents_.find(channel);
    return parent == nullptr ? std::nullopt : std::optional(*parent);
}

}  // namespace nunchi::discord
