#include "adapters/discord/interactions/findings.hpp"

#include <array>
#include <string_view>

#include "adapters/discord/interactions/phrases.hpp"

namespace nunchi::discord::interactions {
namespace {

struct Need {
    Permissions bits;
    Right right;
};

/// Those without which an answer does not arrive; Embed Links, which the invitation asks for too, is none of
/// them.
std::array<Need, 4> needs_in(const chat::Place& place) {
    const Need sending = place.thread.empty()
                             ? Need{permission::kSendMessages, Right::send_messages}
                             : Need{permission::kSendMessagesInThreads, Right::send_in_threads};
    return {Need{permission::kViewChannel, Right::view_channel}, sending,
            Need{permission::kReadMessageHistory, Right::read_history},
            Need{permission::kAddReactions, Right::add_reactions}};
}

}  // namespace

std::vector<std::string> findings_of(const Interaction& interaction, chat::Locale locale) {
    if (interaction.place.community.empty() || !interaction.app_permissions) return {};
    std::vector<std::string_view> missing;
    for (const Need& need : needs_in(interaction.place)) {
        if (!may(*interaction.app_permissions, need.bits)) missing.push_back(name_of(need.right, locale));
    }
    if (missing.empty()) return {std::string(may_everything_text(locale))};
    return {missing_rights_text(missing, locale)};
}

}  // namespace nunchi::discord::interactions
