#include "adapters/discord/gateway/sharding.hpp"

#include <charconv>
#include <cstdint>
#include <string>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;

/// An id comes as text, or as a number (G10).
std::string id_text(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    return found->is_number_integer() ? std::to_string(found->get<std::uint64_t>()) : std::string();
}

}  // namespace

std::optional<int> shard_of_guild(std::string_view guild_id, int shard_count) {
    std::uint64_t id = 0;
    const char* const end = guild_id.data() + guild_id.size();
    const auto [last, error] = std::from_chars(guild_id.data(), end, id);
    if (error != std::errc() || last != end || shard_count < 1) return std::nullopt;
    return static_cast<int>((id >> 22U) % static_cast<std::uint64_t>(shard_count));
}

bool is_foreign(std::string_view type, const json& data, int shard, int shard_count) {
    if (shard_count <= 1 || !data.is_object()) return false;
    const bool is_guild = type == "GUILD_CREATE" || type == "GUILD_UPDATE" || type == "GUILD_DELETE";
    const auto owner = shard_of_guild(id_text(data, is_guild ? "id" : "guild_id"), shard_count);
    return owner && *owner != shard;
}

}  // namespace nunchi::discord::gateway
