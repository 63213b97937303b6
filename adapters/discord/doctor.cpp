#include "adapters/discord/doctor.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "adapters/discord/channel_permissions.hpp"
#include "adapters/discord/json_access.hpp"
#include "adapters/discord/rest/error.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using Verdict = Finding::Verdict;
using Findings = std::vector<Finding>;

constexpr std::size_t kMaxGuilds = 10;
constexpr std::size_t kMaxNamedChannels = 5;
constexpr std::int64_t kFewSessions = 50;

/// Bits of an application's flags (Discord docs: resources/application, "Application Flags").
constexpr std::int64_t kContentIntent = 1 << 18;
constexpr std::int64_t kContentIntentLimited = 1 << 19;

/// Null when the call failed.
asio::awaitable<json> fetch(rest::RestClient& rest, rest::Route route) {
    rest::Call call;
    call.route = std::move(route);
    const auto answer = co_await rest.send(std::move(call));
    if (!answer) co_return json();
    co_return answer->body;
}

Finding token_trouble(const rest::Failure& failure) {
    if (failure.code == rest::errc::unauthorized) {
        return {Verdict::wrong, "discord", "Discord refuses the token",
                "developer portal, Bot, Reset Token; put the new one into the file of discord.token_file"};
    }
    return {Verdict::wrong, "discord", "Discord does not answer: " + failure.message,
            "check the network, net.proxy and discord.rest_base_url"};
}

Finding intent_finding(const json& application, Profile profile) {
    const auto flags = std::max<std::int64_t>(number_of(application, "flags"), 0);
    const bool is_on = (flags & (kContentIntent | kContentIntentLimited)) != 0;
    if (profile == Profile::mention) {
        return {Verdict::fine, "intents", "profile \"mention\" needs no privileged intent"};
    }
    if (is_on) return {Verdict::fine, "intents", "Message Content is on, as profile \"auto\" needs it"};
    return {
        Verdict::wrong, "intents", "profile \"auto\" needs the intent Message Content, and it is off",
        "developer portal, Bot, Privileged Gateway Intents, Message Content; or discord.profile = \"mention\""};
}

Finding session_finding(const json& gateway) {
    const auto remaining = number_of(member(gateway, "session_start_limit"), "remaining");
    if (remaining < 0)
        return {Verdict::notice, "gateway", "Discord did not say how many sessions are left today"};
    const auto detail = std::to_string(remaining) + " new sessions are left today";
    if (remaining >= kFewSessions) return {Verdict::fine, "gateway", detail};
    return {Verdict::notice, "gateway", detail,
            "find out what restarts the bot so often before Discord resets the token"};
}

/// Where people write.
bool is_written_in(const json& channel) {
    const auto type = number_of(channel, "type");
    return type == 0 || type == 5 || type == 15;  // text, announcements, forum
}

asio::awaitable<Finding> guild_finding(rest::RestClient& rest, std::string id, std::string self) {
    const auto guild = co_await fetch(rest, rest::guild(id));
    const auto roles = co_await fetch(rest, rest::guild_roles(id));
    const auto in_guild = co_await fetch(rest, rest::guild_member(id, self));
    const auto channels = co_await fetch(rest, rest::guild_channels(id));
    const auto name = text_of(guild, "name");
    if (!channels.is_array() || !roles.is_array()) {
        co_return Finding{Verdict::notice, "server", name + ": its channels could not be read"};
    }
    const auto held = guild_permissions(guild, roles, in_guild);
    std::string lacking;
    std::size_t count = 0;
    std::size_t all = 0;
    for (const auto& channel : channels) {
        if (!is_written_in(channel)) continue;
        ++all;
        const auto missing = missing_names(channel_permissions(held, channel, id, in_guild));
        if (missing.empty() || ++count > kMaxNamedChannels) continue;
        lacking += (lacking.empty() ? "#" : "; #") + text_of(channel, "name") + ": ";
        for (const auto& one : missing) lacking += one + (&one == &missing.back() ? "" : ", ");
    }
    if (count == 0) {
        co_return Finding{Verdict::fine, "server",
                          name + ": all " + std::to_string(all) + " channels can be answered"};
    }
    co_return Finding{Verdict::notice, "server",
                      name + ": rights are missing in " + std::to_string(count) + " of " +
                          std::to_string(all) + " channels (" + lacking + ")",
                      "give the bot's role these permissions where it is to answer"};
}

Finding command_finding(const json& commands) {
    if (!commands.is_array() || commands.empty()) {
        return {Verdict::notice, "commands", "none are registered yet",
                "nunchi run registers them when it connects"};
    }
    return {Verdict::fine, "commands", std::to_string(commands.size()) + " are registered"};
}

}  // namespace

std::string invite_link(const std::string& application) {
    return "https://discord.com/oauth2/authorize?client_id=" + application +
           "&scope=bot+applications.commands&permissions=" + std::to_string(kNeeded);
}

asio::awaitable<Findings> examine(rest::RestClient& rest, Profile profile) {
    Findings findings;
    rest::Call call;
    call.route = rest::current_user();
    const auto user = co_await rest.send(std::move(call));
    if (!user) {
        findings.push_back(token_trouble(user.error()));
        co_return findings;
    }
    const auto self = id_of(user->body, "id");
    findings.push_back({Verdict::fine, "discord", "the token is that of " + text_of(user->body, "username")});
    const auto application = co_await fetch(rest, rest::current_application());
    findings.push_back(intent_finding(application, profile));
    const auto gateway = co_await fetch(rest, rest::gateway_bot());
    findings.push_back(session_finding(gateway));
    const auto id = id_of(application, "id");
    const auto commands = co_await fetch(rest, rest::global_commands("GET", id));
    findings.push_back(command_finding(commands));

    const auto guilds = co_await fetch(rest, rest::current_guilds());
    const auto count = guilds.is_array() ? guilds.size() : 0;
    findings.push_back({count == 0 ? Verdict::notice : Verdict::fine, "servers",
                        count == 0 ? "the bot is in none" : "the bot is in " + std::to_string(count),
                        count == 0 ? "open the invite link below" : ""});
    for (std::size_t i = 0; i < std::min(count, kMaxGuilds); ++i) {
        auto finding = co_await guild_finding(rest, id_of(guilds[i], "id"), self);
        findings.push_back(std::move(finding));
    }
    findings.push_back({Verdict::fine, "invite", invite_link(id)});
    co_return findings;
}

}  // namespace nunchi::discord
