// Which shard a guild's events belong to.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace nunchi::discord::gateway {

/// G50; nothing when the id is none.
std::optional<int> shard_of_guild(std::string_view guild_id, int shard_count);

/// Whether a dispatch is of a guild that belongs to another shard (D11). What names no guild belongs to
/// whichever shard it came to.
bool is_foreign(std::string_view type, const nlohmann::json& data, int shard, int shard_count);

}  // namespace nunchi::discord::gateway
