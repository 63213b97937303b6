#include "adapters/slack/web_api/method.hpp"

#include <array>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::seconds;

// The tiers say "20 and more a minute"; this bot keeps to the figure itself.
constexpr Limit kTier2{.calls = 20};
constexpr Limit kTier3{.calls = 50};
constexpr Limit kTier4{.calls = 100};
constexpr Limit kOnePerSecond{.calls = 1, .span = seconds(1)};

// In the order of Method.
constexpr std::array<MethodTraits, kMethodCount> kTraits{{
    {.name = "auth.test"},
    {.name = "auth.revoke", .encoding = Encoding::form, .limit = kTier3},
    {.name = "apps.connections.open", .limit = kTier3, .is_urgent = true},
    {.name = "chat.postMessage", .limit = kOnePerSecond, .is_repeatable = false, .by_channel = true},
    {.name = "chat.postEphemeral", .limit = kTier4, .is_repeatable = false},
    {.name = "chat.update", .limit = kTier3},
    {.name = "chat.delete", .limit = kTier3},
    {.name = "reactions.add", .limit = kTier3, .newest_first = true},
    {.name = "reactions.remove", .limit = kTier2, .newest_first = true},
    {.name = "reactions.get", .encoding = Encoding::query, .limit = kTier3},
    {.name = "users.info", .encoding = Encoding::query, .limit = kTier4},
    {.name = "conversations.info", .encoding = Encoding::query, .limit = kTier3},
    {.name = "conversations.join", .limit = kTier3},
    {.name = "emoji.list", .encoding = Encoding::query, .limit = kTier2},
    {.name = "views.publish", .limit = kTier4},
    {.name = "views.open", .limit = kTier4, .is_urgent = true},
    {.name = "views.update", .limit = kTier4, .is_urgent = true},
    {.name = "views.push", .limit = kTier4, .is_urgent = true},
    {.name = "files.getUploadURLExternal", .encoding = Encoding::form, .limit = kTier4},
    {.name = "files.completeUploadExternal", .limit = kTier4, .is_repeatable = false},
    {.name = "files.info", .encoding = Encoding::query, .limit = kTier4},
    // A code and a refresh token can be used once.
    {.name = "oauth.v2.access", .encoding = Encoding::form, .is_repeatable = false},
    {.name = "upload_url", .encoding = Encoding::bytes, .has_url = true},
    {.name = "response_url", .is_repeatable = false, .has_url = true, .is_urgent = true},
}};

}  // namespace

const MethodTraits& traits(Method method) {
    return kTraits[static_cast<std::size_t>(method)];
}

}  // namespace nunchi::slack::web_api
