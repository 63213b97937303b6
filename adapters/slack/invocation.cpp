#include "adapters/slack/invocation.hpp"

#include <utility>

#include "adapters/json/access.hpp"

namespace nunchi::slack {
namespace {

using json_access::member;
using json_access::text_of;
using nlohmann::json;

chat::Place place_of(std::string team, std::string channel) {
    if (channel.starts_with('D')) team.clear();
    return {"slack", std::move(team), std::move(channel), {}};
}

bool is_whole(const Invocation& invocation) {
    return !invocation.place.channel.empty() && !invocation.user.empty() &&
           invocation.response_url.starts_with("http");
}

}  // namespace

std::optional<Invocation> slash_command_of(const json& fields) {
    Invocation invocation;
    invocation.place = place_of(text_of(fields, "team_id"), text_of(fields, "channel_id"));
    invocation.user = text_of(fields, "user_id");
    invocation.response_url = text_of(fields, "response_url");
    invocation.is_english = text_of(fields, "command") == "/nunchi";
    invocation.typed = text_of(fields, "text");
    return is_whole(invocation) ? std::optional(std::move(invocation)) : std::nullopt;
}

std::optional<Invocation> shortcut_of(const json& payload) {
    if (text_of(payload, "type") != "message_action") return std::nullopt;
    const auto& message = member(payload, "message");
    Invocation invocation;
    invocation.place =
        place_of(text_of(member(payload, "team"), "id"), text_of(member(payload, "channel"), "id"));
    invocation.user = text_of(member(payload, "user"), "id");
    invocation.response_url = text_of(payload, "response_url");
    invocation.text = text_of(message, "text");
    invocation.author = text_of(message, "user");
    return is_whole(invocation) ? std::optional(std::move(invocation)) : std::nullopt;
}

}  // namespace nunchi::slack
