#include "adapters/discord/rest/routes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "adapters/net/ascii.hpp"

namespace nunchi::discord::rest {
namespace {

constexpr std::string_view kMessage = "/channels/{channel}/messages/{message}";
constexpr std::string_view kReaction = "/channels/{channel}/messages/{message}/reactions/{emoji}/@me";

/// Empty for what is no id.
std::string id(std::string_view text) {
    const bool is_id =
        !text.empty() && text.size() <= 20 && std::all_of(text.begin(), text.end(), net::is_digit);
    return is_id ? std::string(text) : std::string();
}

/// One segment of a path: everything is encoded but what RFC 3986 calls unreserved, and the colon of a
/// guild's emoji, which a segment may hold. "." and ".." would be taken for steps in the path.
std::string segment(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kKept = "-._~:";
    if (text == "." || text == "..") return {};
    std::string encoded;
    for (const char c : text) {
        if (net::is_alphanumeric(c) || kKept.find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
    return encoded;
}

/// The pattern with its {names} replaced in turn.
std::string filled(std::string_view pattern, std::initializer_list<std::string> segments) {
    std::string path;
    for (const std::string& value : segments) {
        const std::size_t name = pattern.find('{');
        path.append(pattern.substr(0, name)).append(value);
        pattern.remove_prefix(pattern.find('}') + 1);
    }
    return path.append(pattern);
}

/// One whose first segment is its major.
Route make(std::string_view method, std::string_view pattern, std::initializer_list<std::string> segments) {
    const bool is_whole = std::none_of(segments.begin(), segments.end(),
                                       [](const std::string& value) { return value.empty(); });
    if (!is_whole) return {};
    return {.method = std::string(method),
            .pattern = std::string(pattern),
            .major = segments.size() == 0 ? std::string() : *segments.begin(),
            .path = filled(pattern, segments)};
}

/// One whose major is a webhook: an id with its token.
Route make_webhook(std::string_view method, std::string_view pattern, const std::string& webhook,
                   const std::string& token) {
    Route route = make(method, pattern, {webhook, token});
    if (!route.path.empty()) route.major = webhook + "/" + token;
    return route;
}

Route with_page(Route route, std::string_view after, int limit) {
    const bool is_wrong = route.path.empty() || (!after.empty() && id(after).empty());
    if (is_wrong) return {};
    route.path += "?limit=" + std::to_string(limit);
    if (!after.empty()) route.path += "&after=" + std::string(after);
    return route;
}

bool is_one_of(std::string_view method, std::initializer_list<std::string_view> methods) {
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

/// When the object was made (Discord docs: reference, "Snowflakes").
std::chrono::system_clock::time_point creation_of(std::string_view snowflake) {
    constexpr std::chrono::milliseconds kDiscordEpoch{1'420'070'400'000};
    std::uint64_t number = 0;
    std::from_chars(snowflake.data(), snowflake.data() + snowflake.size(), number);
    return std::chrono::system_clock::time_point(kDiscordEpoch + std::chrono::milliseconds(number >> 22U));
}

}  // namespace

Route gateway_bot() {
    return make("GET", "/gateway/bot", {});
}

Route current_user() {
    return make("GET", "/users/@me", {});
}

Route current_application() {
    return make("GET", "/applications/@me", {});
}

Route current_guilds(std::string_view after, int limit) {
    return with_page(make("GET", "/users/@me/guilds", {}), after, std::clamp(limit, 1, 200));
}

Route guild(std::string_view guild) {
    return make("GET", "/guilds/{guild}", {id(guild)});
}

Route guild_channels(std::string_view guild) {
    return make("GET", "/guilds/{guild}/channels", {id(guild)});
}

Route guild_roles(std::string_view guild) {
    return make("GET", "/guilds/{guild}/roles", {id(guild)});
}

Route guild_member(std::string_view guild, std::string_view user) {
    return make("GET", "/guilds/{guild}/members/{user}", {id(guild), id(user)});
}

Route channel(std::string_view channel) {
    return make("GET", "/channels/{channel}", {id(channel)});
}

Route channel_messages(std::string_view channel, std::string_view after, int limit) {
    return with_page(make("GET", "/channels/{channel}/messages", {id(channel)}), after,
                     std::clamp(limit, 1, 100));
}

Route message(std::string_view method, std::string_view channel, std::string_view message) {
    return method == "GET" ? make("GET", kMessage, {id(channel), id(message)}) : Route();
}

Route create_message(std::string_view channel) {
    return make("POST", "/channels/{channel}/messages", {id(channel)});
}

Route edit_message(std::string_view channel, std::string_view message) {
    return make("PATCH", kMessage, {id(channel), id(message)});
}

Route delete_message(std::string_view channel, std::string_view message,
                     std::chrono::system_clock::time_point now) {
    Route route = make("DELETE", kMessage, {id(channel), id(message)});
    const bool is_old = !route.path.empty() && now - creation_of(message) > std::chrono::days(14);
    if (is_old) route.pattern += " (older than 14 days)";
    return route;
}

Route put_reaction(std::string_view channel, std::string_view message, std::string_view emoji) {
    return make("PUT", kReaction, {id(channel), id(message), segment(emoji)});
}

Route delete_own_reaction(std::string_view channel, std::string_view message, std::string_view emoji) {
    return make("DELETE", kReaction, {id(channel), id(message), segment(emoji)});
}

Route interaction_callback(std::string_view interaction, std::string_view token) {
    return make_webhook("POST", "/interactions/{interaction}/{token}/callback", id(interaction),
                        segment(token));
}

Route original_response(std::string_view method, std::string_view application, std::string_view token) {
    if (!is_one_of(method, {"GET", "PATCH", "DELETE"})) return {};
    return make_webhook(method, "/webhooks/{application}/{token}/messages/@original", id(application),
                        segment(token));
}

Route follow_up(std::string_view application, std::string_view token) {
    return make_webhook("POST", "/webhooks/{application}/{token}", id(application), segment(token));
}

Route global_commands(std::string_view method, std::string_view application) {
    if (!is_one_of(method, {"GET", "PUT"})) return {};
    return make(method, "/applications/{application}/commands", {id(application)});
}

bool is_reaction(const Route& route) {
    return route.pattern.find("/reactions/") != std::string::npos;
}

}  // namespace nunchi::discord::rest
