#include "adapters/discord/interactions/permissions.hpp"

#include <charconv>

namespace nunchi::discord::interactions {

std::optional<Permissions> parse_permissions(std::string_view digits) {
    Permissions held = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), held);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return held;
}

bool may(Permissions held, Permissions needed) {
    return (held & permission::kAdministrator) != 0 || (held & needed) == needed;
}

bool is_admin(std::optional<Permissions> held) {
    return held && may(*held, permission::kManageGuild);
}

}  // namespace nunchi::discord::interactions
