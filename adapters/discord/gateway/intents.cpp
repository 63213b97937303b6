#include "adapters/discord/gateway/intents.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace nunchi::discord::gateway {
namespace {

constexpr std::array<std::pair<Intents, std::string_view>, 3> kPrivileged{{
    {intent::kMessageContent, "MESSAGE CONTENT"},
    {intent::kGuildMembers, "SERVER MEMBERS"},
    {intent::kPresences, "PRESENCE"},
}};

}  // namespace

std::string privileged_names(Intents intents) {
    std::string names;
    for (const auto& [bit, name] : kPrivileged) {
        if ((intents & bit) == 0) continue;
        if (!names.empty()) names += " and ";
        names += name;
    }
    return names;
}

}  // namespace nunchi::discord::gateway
