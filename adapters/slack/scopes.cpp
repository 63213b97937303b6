#include "adapters/slack/scopes.hpp"

#include <algorithm>
#include <array>

namespace nunchi::slack {
namespace {

/// Those of config/slack/manifest-*.yaml.
constexpr std::array<std::string_view, 11> kNeeded{"app_mentions:read", "channels:history", "groups:history",
                                                   "im:history",        "mpim:history",     "channels:read",
                                                   "groups:read",       "chat:write",       "commands",
                                                   "reactions:write",   "users:read"};

}  // namespace

std::vector<std::string> missing_scopes(std::string_view granted) {
    std::vector<std::string> missing;
    if (granted.empty()) return missing;
    std::vector<std::string_view> list;
    while (!granted.empty()) {
        const auto comma = std::min(granted.find(','), granted.size());
        auto scope = granted.substr(0, comma);
        while (scope.starts_with(' ')) scope.remove_prefix(1);
        list.push_back(scope);
        granted.remove_prefix(std::min(comma + 1, granted.size()));
    }
    for (const auto needed : kNeeded) {
        if (std::ranges::find(list, needed) == list.end()) missing.emplace_back(needed);
    }
    return missing;
}

}  // namespace nunchi::slack
