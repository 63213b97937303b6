#include "adapters/discord/channel_permissions.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/discord/json_access.hpp"

namespace nunchi::discord {
namespace {

using nlohmann::json;

constexpr Permissions kEverything = ~Permissions{0};
constexpr std::array<std::pair<unsigned, const char*>, 6> kNames{{{10, "View Channel"},
                                                                  {11, "Send Messages"},
                                                                  {38, "Send Messages in Threads"},
                                                                  {16, "Read Message History"},
                                                                  {6, "Add Reactions"},
                                                                  {14, "Embed Links"}}};

Permissions bits_of(const json& object, const char* name) {
    return interactions::parse_permissions(text_of(object, name)).value_or(0);
}

bool has_role(const json& in_guild, const std::string& role) {
    const auto& roles = member(in_guild, "roles");
    return roles.is_array() && std::ranges::any_of(roles, [&](const json& id) { return id == role; });
}

std::string user_of(const json& in_guild) {
    return id_of(member(in_guild, "user"), "id");
}

struct Overwrite {
    Permissions allow = 0;
    Permissions deny = 0;
};

/// Those of the entries that `is_wanted`, together.
template <typename Wanted>
Overwrite overwrites(const json& channel, Wanted is_wanted) {
    Overwrite sum;
    const auto& list = member(channel, "permission_overwrites");
    if (!list.is_array()) return sum;
    for (const auto& entry : list) {
        if (!is_wanted(id_of(entry, "id"))) continue;
        sum.allow |= bits_of(entry, "allow");
        sum.deny |= bits_of(entry, "deny");
    }
    return sum;
}

Permissions after(Permissions held, const Overwrite& overwrite) {
    return (held & ~overwrite.deny) | overwrite.allow;
}

}  // namespace

Permissions guild_permissions(const json& guild, const json& roles, const json& in_guild) {
    const auto user = user_of(in_guild);
    if (!user.empty() && id_of(guild, "owner_id") == user) return kEverything;
    Permissions held = 0;
    if (!roles.is_array()) return held;
    for (const auto& role : roles) {
        const auto id = id_of(role, "id");
        const bool is_everyone = id == id_of(guild, "id");
        if (is_everyone || has_role(in_guild, id)) held |= bits_of(role, "permissions");
    }
    return (held & interactions::permission::kAdministrator) != 0 ? kEverything : held;
}

Permissions channel_permissions(Permissions in_guild, const json& channel, const std::string& guild,
                                const json& self) {
    if (in_guild == kEverything) return in_guild;
    auto held = after(in_guild, overwrites(channel, [&](const std::string& id) { return id == guild; }));
    held = after(
        held, overwrites(channel, [&](const std::string& id) { return id != guild && has_role(self, id); }));
    const auto user = user_of(self);
    return after(held, overwrites(channel, [&](const std::string& id) { return id == user; }));
}

std::vector<std::string> missing_names(Permissions held) {
    std::vector<std::string> missing;
    for (const auto& [bit, name] : kNames) {
        if ((held >> bit & 1U) == 0) missing.emplace_back(name);
    }
    return missing;
}

}  // namespace nunchi::discord
